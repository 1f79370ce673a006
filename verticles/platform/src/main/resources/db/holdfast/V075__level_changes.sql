CREATE TABLE holdfast.level_change (
  node       text        NOT NULL,
  changed_at timestamptz NOT NULL,
  subject    text        NOT NULL,
  from_level smallint    NOT NULL CHECK (from_level BETWEEN 0 AND 4),
  to_level   smallint    NOT NULL CHECK (to_level BETWEEN 0 AND 4),
  reasons    text[]      NOT NULL,
  PRIMARY KEY (changed_at, node, subject, to_level)
);
COMMENT ON TABLE holdfast.level_change IS 'Changes of the level of a node''s platform or of one of its agents, by the platform''s clock; kept for 90 days.';
