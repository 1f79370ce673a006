CREATE SCHEMA inventory;

-- Every reservation changes a few of these rows, so half of each page is left free and the changed
-- row stays on it. The checks are the last line: what is not there cannot be promised.
CREATE TABLE inventory.stock (
  merchant_id integer          NOT NULL,
  sku         text COLLATE "C" NOT NULL,
  warehouse   smallint         NOT NULL CHECK (warehouse IN (1, 2)),
  on_hand     bigint           NOT NULL,
  reserved    bigint           NOT NULL,
  version     bigint           NOT NULL,
  PRIMARY KEY (merchant_id, sku, warehouse),
  CONSTRAINT stock_reserved_not_negative CHECK (reserved >= 0),
  CONSTRAINT stock_never_oversold CHECK (on_hand >= reserved)
) WITH (fillfactor = 50);
COMMENT ON TABLE inventory.stock IS 'Units of a code in a warehouse, and how many of them are promised.';

CREATE TABLE inventory.reservation (
  merchant_id integer     NOT NULL,
  reservation uuid        NOT NULL,
  state       text        NOT NULL CHECK (state IN ('ACTIVE', 'SHIPPED', 'RELEASED', 'EXPIRED')),
  reserved_at timestamptz NOT NULL,
  expires_at  timestamptz,
  closed_at   timestamptz,
  PRIMARY KEY (merchant_id, reservation)
) WITH (fillfactor = 70);
COMMENT ON TABLE inventory.reservation IS 'What was held for whom; expires_at is empty where a workflow run sees to it.';

-- No foreign keys in this schema: each would look up a row that the same statement has just written
-- or locked, some thirty times an order.
CREATE TABLE inventory.reservation_line (
  merchant_id integer          NOT NULL,
  reservation uuid             NOT NULL,
  line        smallint         NOT NULL,
  sku         text COLLATE "C" NOT NULL,
  warehouse   smallint         NOT NULL,
  units       bigint           NOT NULL CHECK (units > 0),
  PRIMARY KEY (merchant_id, reservation, line)
);
COMMENT ON TABLE inventory.reservation_line IS 'The units a reservation holds; a code stands once for each warehouse. Never changed.';

CREATE TABLE inventory.movement (
  seq         bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  merchant_id integer          NOT NULL,
  sku         text COLLATE "C" NOT NULL,
  warehouse   smallint         NOT NULL,
  kind        text             NOT NULL CHECK (kind IN ('OPENED', 'SHIPPED', 'RESTOCKED', 'ADJUSTED')),
  units       bigint           NOT NULL,
  short_units bigint           NOT NULL CHECK (short_units >= 0),
  reference   uuid             NOT NULL,
  moved_at    timestamptz      NOT NULL,
  CONSTRAINT movement_of_something CHECK (units <> 0 OR short_units > 0)
);
COMMENT ON TABLE inventory.movement IS 'Append only. The units of a code in a warehouse add up to its stock.on_hand; short_units were to be written off but were not free.';

CREATE TABLE inventory.booking (
  merchant_id     integer     NOT NULL,
  booking         uuid        NOT NULL,
  kind            text        NOT NULL,
  source          text,
  external_number text,
  reason          text,
  booked_at       timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, booking),
  CONSTRAINT booking_document UNIQUE (merchant_id, source, external_number)
);
COMMENT ON TABLE inventory.booking IS 'What moved stock without a reservation: a document counts once, for ever.';

GRANT USAGE ON SCHEMA inventory TO holdfast_app;
GRANT SELECT, INSERT, UPDATE ON inventory.stock, inventory.reservation TO holdfast_app;
GRANT SELECT, INSERT ON inventory.reservation_line, inventory.movement, inventory.booking TO holdfast_app;
