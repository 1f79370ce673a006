-- Payments of orders, what was asked of the provider for them, and the ledger.

CREATE SCHEMA payment;

CREATE TABLE payment.payment (
  merchant_id       integer NOT NULL,
  order_id          uuid    NOT NULL,
  currency          text    NOT NULL,
  status            text    NOT NULL
                    CHECK (status IN ('PENDING', 'AUTHORISED', 'DECLINED', 'VOIDED', 'CAPTURED', 'REFUNDED')),
  authorised_minor  bigint  NOT NULL CHECK (authorised_minor >= 0),
  captured_minor    bigint  NOT NULL CHECK (captured_minor BETWEEN 0 AND authorised_minor),
  refunded_minor    bigint  NOT NULL CHECK (refunded_minor BETWEEN 0 AND captured_minor),
  authorisation     text,
  version           bigint  NOT NULL,
  PRIMARY KEY (merchant_id, order_id)
) WITH (fillfactor = 70);
COMMENT ON TABLE payment.payment IS 'One payment an order; its row is the lock for all that happens to it.';
COMMENT ON COLUMN payment.payment.authorisation IS 'The provider''s reference to what is authorised.';

-- No foreign key to the payment: both rows are written by one statement pair of the same lock.
CREATE TABLE payment.operation (
  merchant_id   integer     NOT NULL,
  order_id      uuid        NOT NULL,
  kind          text        NOT NULL CHECK (kind IN ('AUTHORISE', 'CAPTURE', 'REFUND')),
  id            uuid        NOT NULL,
  state         text        NOT NULL CHECK (state IN ('ASKED', 'DONE', 'DECLINED', 'TURNING_BACK', 'VOIDED')),
  amount_minor  bigint      NOT NULL CHECK (amount_minor > 0),
  reference     text,
  declined_for  text,
  expires_at    timestamptz,
  asked_at      timestamptz NOT NULL,
  check_at      timestamptz,
  watch_until   timestamptz,
  PRIMARY KEY (merchant_id, order_id, kind, id)
) WITH (fillfactor = 70);
COMMENT ON TABLE payment.operation IS 'What the provider was asked for; merchant, order, kind and id make our key there.';
COMMENT ON COLUMN payment.operation.check_at IS 'When reconciliation asks the provider about it; null when its end is known.';
COMMENT ON COLUMN payment.operation.watch_until IS 'Until when a voided authorisation that was not found may still turn up.';
CREATE INDEX operation_check ON payment.operation (check_at) WHERE check_at IS NOT NULL;

CREATE TABLE payment.entry (
  merchant_id     integer     NOT NULL,
  transaction_id  uuid        NOT NULL,
  account         text        NOT NULL
                  CHECK (account IN ('authorised', 'customer', 'provider', 'sales', 'refunds')),
  order_id        uuid        NOT NULL,
  amount_minor    bigint      NOT NULL CHECK (amount_minor <> 0),
  currency        text        NOT NULL,
  booked_at       timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, transaction_id, account)
);
COMMENT ON TABLE payment.entry IS 'Double-entry ledger: debits positive, credits negative, each transaction sums to zero.';

GRANT USAGE ON SCHEMA payment TO holdfast_app;
GRANT SELECT, INSERT, UPDATE ON payment.payment, payment.operation TO holdfast_app;
GRANT SELECT, INSERT ON payment.entry TO holdfast_app;
