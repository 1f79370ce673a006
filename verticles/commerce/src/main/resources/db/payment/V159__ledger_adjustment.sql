-- Entries of the ledger that belong to no order.

CREATE TABLE payment.adjustment (
  merchant_id     integer     NOT NULL,
  booking         uuid        NOT NULL,
  amount_minor    bigint      NOT NULL,
  booked_at       timestamptz NOT NULL,
  currency        text        NOT NULL CHECK (char_length(currency) = 3),
  source          text,
  external_number text,
  description     text        NOT NULL,
  PRIMARY KEY (merchant_id, booking),
  CONSTRAINT adjustment_number UNIQUE (merchant_id, source, external_number),
  CHECK (external_number IS NULL OR source IS NOT NULL)
);
COMMENT ON TABLE payment.adjustment IS 'What was entered into the ledger by hand: a document counts once, for ever.';

ALTER TABLE payment.entry ALTER COLUMN order_id DROP NOT NULL;
ALTER TABLE payment.entry DROP CONSTRAINT entry_account_check;
ALTER TABLE payment.entry ADD CONSTRAINT entry_account_check CHECK (account IN
  ('authorised', 'customer', 'provider', 'sales', 'refunds', 'receivables', 'adjustments'));

GRANT SELECT, INSERT ON payment.adjustment TO holdfast_app;
