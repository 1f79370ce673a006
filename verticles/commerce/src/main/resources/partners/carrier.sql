-- The books of the simulated carriers.

CREATE SCHEMA IF NOT EXISTS carrier;

-- Nearly every parcel is changed once, many of a page in one transaction: room for both versions.
CREATE TABLE IF NOT EXISTS carrier.parcel (
  number          bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  key             text        NOT NULL UNIQUE,
  carrier         text        NOT NULL,
  tracking        text        NOT NULL UNIQUE,
  country         text,
  grams           bigint      NOT NULL CHECK (grams > 0),
  cancelled       boolean     NOT NULL DEFAULT false,
  handed_over_at  timestamptz,
  made_at         timestamptz NOT NULL,
  CHECK (NOT cancelled OR handed_over_at IS NULL)
) WITH (fillfactor = 50);
COMMENT ON TABLE carrier.parcel IS 'Every label that was made, once under each key.';
