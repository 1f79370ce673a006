ALTER TABLE holdfast.node ADD COLUMN renewals bigint NOT NULL DEFAULT 0;

COMMENT ON COLUMN holdfast.node.renewals IS 'Grows with each renewal. A node that has seen more of them than there are knows that this is an older database, such as a restored backup.';
