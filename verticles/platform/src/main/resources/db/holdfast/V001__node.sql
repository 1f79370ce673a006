-- The schema itself is made by the migrations' own history, which lives in it. What follows is for
-- the application's role, which owns nothing; tables made later in this schema by the same migrator
-- are opened to it without further grants. Agents' schemas grant what their agent needs.

GRANT USAGE ON SCHEMA holdfast TO holdfast_app;
GRANT SELECT ON holdfast.migration TO holdfast_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA holdfast GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO holdfast_app;
ALTER DEFAULT PRIVILEGES IN SCHEMA holdfast GRANT USAGE ON SEQUENCES TO holdfast_app;

CREATE SEQUENCE holdfast.fence;
COMMENT ON SEQUENCE holdfast.fence IS 'One for all nodes, so that a later life of any node has the greater fence.';

CREATE TABLE holdfast.node (
  node_id     text        NOT NULL PRIMARY KEY,
  fence       bigint      NOT NULL,
  lease_until timestamptz NOT NULL,
  taken_at    timestamptz NOT NULL
) WITH (fillfactor = 50);
COMMENT ON TABLE holdfast.node IS 'One lease a node, on this server''s clock; a new life of the node has a new fence.';
