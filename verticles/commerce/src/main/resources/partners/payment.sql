-- The books of the simulated payment provider.

CREATE SCHEMA IF NOT EXISTS psp;

-- The counters of an authorisation stand in its own line, so that a movement locks one row.
CREATE TABLE IF NOT EXISTS psp.movement (
  number          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key             text        NOT NULL UNIQUE,
  kind            text        NOT NULL CHECK (kind IN ('AUTHORISE', 'CAPTURE', 'VOID', 'REFUND')),
  declined_for    text,
  amount_minor    bigint      NOT NULL CHECK (amount_minor >= 0),
  currency        text        NOT NULL,
  reference       text        NOT NULL,
  authorisation   text        NOT NULL,
  at              timestamptz NOT NULL,
  expires_at      timestamptz,
  captured_minor  bigint      NOT NULL DEFAULT 0,
  refunded_minor  bigint      NOT NULL DEFAULT 0,
  voided          boolean     NOT NULL DEFAULT false,
  CHECK (captured_minor BETWEEN 0 AND amount_minor),
  CHECK (refunded_minor BETWEEN 0 AND captured_minor),
  CHECK (NOT voided OR captured_minor = 0)
) WITH (fillfactor = 60);
COMMENT ON TABLE psp.movement IS 'Every movement of money that was asked for, once under each key.';

-- By reference only approved authorisations are looked up. Asked whether it is there, because to
-- alter the table waits for every transaction that writes in it.
DO $$
  BEGIN
    IF to_regclass('psp.movement_authorisation') IS NULL THEN
      ALTER TABLE psp.movement DROP CONSTRAINT IF EXISTS movement_reference_key;
      CREATE UNIQUE INDEX movement_authorisation ON psp.movement (reference)
       WHERE kind = 'AUTHORISE' AND declined_for IS NULL;
    END IF;
  END $$;
