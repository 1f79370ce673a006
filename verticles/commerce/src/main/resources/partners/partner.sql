-- What every simulated partner keeps beside its books.

CREATE SCHEMA IF NOT EXISTS partner;

CREATE TABLE IF NOT EXISTS partner.fault (
  partner    text        NOT NULL,
  key        text        NOT NULL,
  operation  text        NOT NULL,
  fault      text        NOT NULL,
  at         timestamptz NOT NULL,
  PRIMARY KEY (partner, key, operation, fault)
);
COMMENT ON TABLE partner.fault IS 'Faults that really happened.';

CREATE TABLE IF NOT EXISTS partner.notice (
  partner  text        NOT NULL,
  id       text        NOT NULL,
  body     text        NOT NULL,
  fault    text,
  due_at   timestamptz NOT NULL,
  PRIMARY KEY (partner, id)
);
COMMENT ON TABLE partner.notice IS 'Notices not yet told; a row is deleted once its hearer has taken it.';

CREATE TABLE IF NOT EXISTS partner.late (
  partner  text        NOT NULL,
  key      text        NOT NULL,
  body     text        NOT NULL,
  due_at   timestamptz NOT NULL,
  PRIMARY KEY (partner, key)
);
COMMENT ON TABLE partner.late IS 'Requests held up on their way, which take effect when they are due.';
