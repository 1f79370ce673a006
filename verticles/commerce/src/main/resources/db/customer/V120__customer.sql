-- Customers. What names a person stands in a table of its own, so that erasing is deleting.

CREATE SCHEMA customer;

CREATE TABLE customer.customer (
  merchant_id    integer     NOT NULL,
  customer       text        NOT NULL,
  registered_at  timestamptz NOT NULL,
  erased_at      timestamptz,
  points         bigint      NOT NULL DEFAULT 0 CHECK (points >= 0),
  orders         bigint      NOT NULL DEFAULT 0 CHECK (orders >= 0),
  lifetime_minor bigint      NOT NULL DEFAULT 0 CHECK (lifetime_minor >= 0),
  version        bigint      NOT NULL CHECK (version >= 1),
  kind           text        NOT NULL CHECK (kind IN ('INDIVIDUAL', 'BUSINESS')),
  status         text        NOT NULL CHECK (status IN ('ACTIVE', 'INACTIVE', 'SUSPENDED', 'BLOCKED')),
  country        text,
  status_reason  text,
  PRIMARY KEY (merchant_id, customer)
) WITH (fillfactor = 70);
COMMENT ON TABLE customer.customer IS 'One row a customer, by the merchant''s own number; points and lifetime value of delivered orders.';

CREATE TABLE customer.person (
  merchant_id integer NOT NULL,
  customer    text    NOT NULL,
  email       text,
  name        text,
  addressee   text,
  street      text,
  city        text,
  postal_code text,
  PRIMARY KEY (merchant_id, customer)
);
COMMENT ON TABLE customer.person IS 'All that names the person behind a number; deleted when it is erased.';

CREATE TABLE customer.tier (
  merchant_id integer NOT NULL,
  tier        text    NOT NULL CHECK (tier IN ('BRONZE', 'SILVER', 'GOLD', 'PLATINUM', 'DIAMOND')),
  from_minor  bigint  NOT NULL CHECK (from_minor >= 0),
  PRIMARY KEY (merchant_id, tier)
);
COMMENT ON TABLE customer.tier IS 'From which lifetime value a tier begins; merchant 0 stands for all who have none of their own.';
INSERT INTO customer.tier (merchant_id, tier, from_minor) VALUES
  (0, 'BRONZE', 0), (0, 'SILVER', 50000), (0, 'GOLD', 200000), (0, 'PLATINUM', 500000),
  (0, 'DIAMOND', 1000000);

GRANT USAGE ON SCHEMA customer TO holdfast_app;
GRANT SELECT, INSERT, UPDATE ON customer.customer TO holdfast_app;
GRANT SELECT, INSERT, DELETE ON customer.person TO holdfast_app;
GRANT SELECT ON customer.tier TO holdfast_app;
