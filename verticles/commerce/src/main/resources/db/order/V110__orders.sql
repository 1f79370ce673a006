-- Orders. No foreign keys between these tables: every row is written by one agent in one
-- transaction, and a check for each of an order's lines would cost more than the lines themselves.

CREATE SCHEMA orders;

CREATE TABLE orders.orders (
  merchant_id      integer     NOT NULL,
  order_id         uuid        NOT NULL,
  run_id           uuid        NOT NULL,
  placed_at        timestamptz NOT NULL,
  delivered_at     timestamptz,
  total_minor      bigint      NOT NULL CHECK (total_minor >= 0),
  version          bigint      NOT NULL CHECK (version >= 1),
  stocked          boolean     NOT NULL,
  status           text        NOT NULL CHECK (status IN ('PLACED', 'HELD', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'REFUSED')),
  currency         text        NOT NULL CHECK (char_length(currency) = 3),
  source           text,
  external_number  text,
  customer         text,
  billing_country  text,
  shipping_country text,
  carrier          text,
  tracking         text,
  refusal_code     text,
  refusal_message  text,
  codes            smallint[],
  PRIMARY KEY (merchant_id, order_id),
  CHECK (external_number IS NULL OR source IS NOT NULL),
  CHECK ((status = 'DELIVERED') = (delivered_at IS NOT NULL)),
  CHECK ((status = 'REFUSED') = (refusal_code IS NOT NULL))
) WITH (fillfactor = 70);
COMMENT ON TABLE orders.orders IS 'One row an order; its status changes three or four times, none of its indexed columns ever.';
-- A return looks for a code among all orders of its customer. An index of the lines by customer and
-- code would be paid by every line of every order: for 25 lines 2,800 bytes of WAL, 40 % more, and
-- about as much time. The digest costs 95 bytes an order; the few false hits fall out at the lines.
COMMENT ON COLUMN orders.orders.codes IS 'Digests of the codes in the order, 16 bits each; null for a guest, who is not searched.';

-- A document from elsewhere is entered once, for ever.
CREATE UNIQUE INDEX orders_number ON orders.orders (merchant_id, source, external_number)
  WHERE external_number IS NOT NULL;
-- Pages, latest first: of all orders, and of one customer.
CREATE INDEX orders_page ON orders.orders (merchant_id, placed_at, order_id);
CREATE INDEX orders_customer ON orders.orders (merchant_id, customer, placed_at, order_id)
  WHERE customer IS NOT NULL;

CREATE TABLE orders.order_line (
  merchant_id  integer NOT NULL,
  line         integer NOT NULL,
  order_id     uuid    NOT NULL,
  amount_minor bigint  NOT NULL,
  quantity     integer NOT NULL CHECK (quantity >= 1),
  returned     integer NOT NULL DEFAULT 0,
  unit_price   numeric NOT NULL CHECK (unit_price >= 0),
  sku          text    NOT NULL,
  description  text,
  PRIMARY KEY (merchant_id, order_id, line),
  CHECK (returned BETWEEN 0 AND quantity)
);
COMMENT ON TABLE orders.order_line IS 'What was ordered, and how much of it came back.';

CREATE TABLE orders.claim (
  merchant_id integer NOT NULL,
  return_id   uuid    NOT NULL,
  order_id    uuid    NOT NULL,
  line        integer NOT NULL,
  units       integer NOT NULL CHECK (units >= 1),
  PRIMARY KEY (merchant_id, return_id, order_id, line)
);
COMMENT ON TABLE orders.claim IS 'Which delivered units a return has taken; the sum over a line is its returned.';

CREATE TABLE orders.order_contact (
  merchant_id     integer NOT NULL,
  order_id        uuid    NOT NULL,
  customer        text,
  email           text,
  billing_name    text,
  billing_street  text,
  billing_city    text,
  billing_code    text,
  shipping_name   text,
  shipping_street text,
  shipping_city   text,
  shipping_code   text,
  PRIMARY KEY (merchant_id, order_id)
);
COMMENT ON TABLE orders.order_contact IS 'All that names a person about an order; deleted when the person is forgotten.';
CREATE INDEX order_contact_customer ON orders.order_contact (merchant_id, customer)
  WHERE customer IS NOT NULL;

GRANT USAGE ON SCHEMA orders TO holdfast_app;
GRANT SELECT, INSERT, UPDATE ON orders.orders, orders.order_line TO holdfast_app;
GRANT SELECT, INSERT, DELETE ON orders.claim, orders.order_contact TO holdfast_app;
