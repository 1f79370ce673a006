ALTER TABLE holdfast.incident
  ADD COLUMN rung         text        NOT NULL DEFAULT 'RESTART',
  ADD COLUMN refused      text[]      NOT NULL DEFAULT '{}',
  ADD COLUMN broken_since timestamptz,
  ADD COLUMN notified_at  timestamptz;
COMMENT ON COLUMN holdfast.incident.refused IS 'The other rungs of the ladder, each with why it was not taken.';
COMMENT ON COLUMN holdfast.incident.broken_since IS 'The fault of the first of the incidents that relapsed into this one.';

CREATE TABLE holdfast.agent_configuration (
  node      text        NOT NULL,
  agent     text        NOT NULL,
  version   integer     NOT NULL CHECK (version > 0),
  settings  jsonb       NOT NULL,
  origin    text        NOT NULL,
  made_at   timestamptz NOT NULL,
  proven_at timestamptz,
  failed_at timestamptz,
  PRIMARY KEY (node, agent, version)
);
COMMENT ON TABLE holdfast.agent_configuration IS 'What agents were made with, by node and version. The latest that has not failed is in force.';
