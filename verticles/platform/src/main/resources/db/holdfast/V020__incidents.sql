CREATE TABLE holdfast.incident (
  incident_id uuid        NOT NULL PRIMARY KEY,
  node        text        NOT NULL,
  child       text        NOT NULL,
  signals     text[]      NOT NULL CHECK (cardinality(signals) > 0),
  rule        text        NOT NULL,
  action      text        NOT NULL,
  fault_at    timestamptz NOT NULL,
  detected_at timestamptz NOT NULL,
  acted_at    timestamptz,
  proven_at   timestamptz,
  outcome     text        NOT NULL CHECK (outcome IN ('OPEN', 'RECOVERED', 'RELAPSED', 'PARKED', 'STOPPED')),
  CHECK ((outcome = 'RECOVERED') = (proven_at IS NOT NULL))
);
COMMENT ON TABLE holdfast.incident IS 'One row a fault of a supervised child; all times are the platform''s clock.';
CREATE INDEX incident_latest ON holdfast.incident (detected_at DESC);
