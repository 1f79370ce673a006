-- Returns. Few beside the orders; their rows change three or four times.

CREATE SCHEMA aftersales;

CREATE TABLE aftersales.return_case (
  merchant_id     integer     NOT NULL,
  return_id       uuid        NOT NULL,
  run_id          uuid        NOT NULL,
  order_id        uuid,
  requested_at    timestamptz NOT NULL,
  delivered_at    timestamptz,
  asked_minor     bigint      NOT NULL CHECK (asked_minor >= 0),
  refund_minor    bigint      NOT NULL CHECK (refund_minor BETWEEN 0 AND asked_minor),
  version         bigint      NOT NULL CHECK (version >= 1),
  currency        text        NOT NULL CHECK (char_length(currency) = 3),
  rma             text        NOT NULL,
  status          text        NOT NULL CHECK (status IN ('OPEN', 'APPROVED', 'INSPECTED', 'REFUNDED', 'REFUSED')),
  reason          text        NOT NULL CHECK (reason IN ('CHANGED_MIND', 'BETTER_PRICE', 'PRODUCT_DEFECT', 'NOT_AS_DESCRIBED', 'DAMAGED_IN_SHIPPING', 'WRONG_ITEM', 'OTHER')),
  terms           text        NOT NULL CHECK (terms IN ('POLICY', 'AS_RECORDED')),
  source          text,
  external_number text,
  customer        text,
  condition       text        CHECK (condition IN ('LIKE_NEW', 'USED', 'DAMAGED', 'DEFECTIVE')),
  inspected_by    text,
  restocked       boolean,
  refusal_code    text,
  refusal_message text,
  PRIMARY KEY (merchant_id, return_id),
  CHECK (external_number IS NULL OR source IS NOT NULL),
  CHECK ((status = 'REFUSED') = (refusal_code IS NOT NULL))
) WITH (fillfactor = 70);
COMMENT ON TABLE aftersales.return_case IS 'One row a return: what was asked to be refunded, and what is refunded after fees.';

-- A document from elsewhere is entered once, for ever.
CREATE UNIQUE INDEX return_number ON aftersales.return_case (merchant_id, source, external_number)
  WHERE external_number IS NOT NULL;
CREATE UNIQUE INDEX return_rma ON aftersales.return_case (merchant_id, rma);
-- Pages, latest first: of all returns, and of one customer.
CREATE INDEX return_page ON aftersales.return_case (merchant_id, requested_at, return_id);
CREATE INDEX return_customer ON aftersales.return_case (merchant_id, customer, requested_at, return_id)
  WHERE customer IS NOT NULL;

CREATE TABLE aftersales.return_line (
  merchant_id  integer NOT NULL,
  line         integer NOT NULL,
  return_id    uuid    NOT NULL,
  amount_minor bigint  NOT NULL CHECK (amount_minor >= 0),
  units        integer NOT NULL CHECK (units >= 1),
  unit_price   numeric NOT NULL CHECK (unit_price >= 0),
  sku          text    NOT NULL,
  PRIMARY KEY (merchant_id, return_id, line)
);
COMMENT ON TABLE aftersales.return_line IS 'What comes back, at the return''s own prices.';

GRANT USAGE ON SCHEMA aftersales TO holdfast_app;
GRANT SELECT, INSERT, UPDATE ON aftersales.return_case TO holdfast_app;
GRANT SELECT, INSERT ON aftersales.return_line TO holdfast_app;
