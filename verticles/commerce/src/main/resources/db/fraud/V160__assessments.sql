CREATE SCHEMA fraud;

CREATE TABLE fraud.assessment (
  merchant_id    integer          NOT NULL,
  order_id       uuid             NOT NULL,
  run_id         uuid             NOT NULL,
  customer       text,
  shopper        text COLLATE "C",
  payment_method text,
  placed_at      timestamptz      NOT NULL,
  score          smallint         NOT NULL CHECK (score BETWEEN 0 AND 100),
  level          text             NOT NULL CHECK (level IN ('LOW', 'MEDIUM', 'HIGH', 'CRITICAL')),
  verdict        text             NOT NULL CHECK (verdict IN ('APPROVED', 'FLAGGED', 'REVIEW', 'BLOCKED')),
  reasons        text             NOT NULL,
  assessed_at    timestamptz      NOT NULL,
  withdrawn      boolean          NOT NULL DEFAULT false,
  approved       boolean,
  reviewed_by    text,
  review_note    text,
  reviewed_at    timestamptz,
  PRIMARY KEY (merchant_id, order_id)
) WITH (fillfactor = 90);
COMMENT ON TABLE fraud.assessment IS 'What was thought of each order and why; the history that windows are counted over.';
COMMENT ON COLUMN fraud.assessment.shopper IS 'Whose window the order counts in: the customer, else a guest''s e-mail hash, else nobody''s.';
CREATE INDEX assessment_window ON fraud.assessment (merchant_id, shopper, placed_at) WHERE shopper IS NOT NULL;
CREATE INDEX assessment_review ON fraud.assessment (merchant_id, assessed_at, order_id) WHERE verdict = 'REVIEW' AND approved IS NULL AND NOT withdrawn;

CREATE TABLE fraud.block (
  merchant_id integer          NOT NULL,
  kind        text             NOT NULL CHECK (kind IN ('CUSTOMER', 'EMAIL', 'PAYMENT_METHOD')),
  value       text COLLATE "C" NOT NULL,
  reason      text,
  until       timestamptz,
  blocked_at  timestamptz      NOT NULL,
  PRIMARY KEY (merchant_id, kind, value)
);
COMMENT ON TABLE fraud.block IS 'Who is refused; until is empty for ever.';

GRANT USAGE ON SCHEMA fraud TO holdfast_app;
GRANT SELECT, INSERT, UPDATE ON fraud.assessment, fraud.block TO holdfast_app;
