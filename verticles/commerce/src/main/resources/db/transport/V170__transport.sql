-- Shipments of orders, and labels that must not stay valid.

CREATE SCHEMA transport;

CREATE TABLE transport.shipment (
  merchant_id     integer     NOT NULL,
  order_id        uuid        NOT NULL,
  run_id          uuid        NOT NULL,
  asked_by        uuid        NOT NULL,
  state           text        NOT NULL
                  CHECK (state IN ('PENDING', 'CREATED', 'PICKED_UP', 'IN_TRANSIT', 'OUT_FOR_DELIVERY', 'DELIVERED', 'CANCELLED')),
  turning_back    boolean     NOT NULL DEFAULT false,
  country         text        CHECK (country ~ '^[A-Z]{2}$'),
  grams           bigint      NOT NULL CHECK (grams > 0),
  choices         text        NOT NULL,
  choice          integer     NOT NULL CHECK (choice >= 0),
  tries           integer     NOT NULL CHECK (tries >= 0),
  carrier         text,
  tracking        text,
  cost_minor      bigint      NOT NULL CHECK (cost_minor >= 0),
  cost_currency   text        NOT NULL,
  created_at      timestamptz NOT NULL,
  handed_over_at  timestamptz,
  delivered_at    timestamptz,
  version         bigint      NOT NULL,
  PRIMARY KEY (merchant_id, order_id),
  CHECK (state IN ('PENDING', 'CANCELLED') OR tracking IS NOT NULL)
) WITH (fillfactor = 60);
COMMENT ON TABLE transport.shipment IS 'One shipment an order; while PENDING it is the intent of asking the carriers for a label.';
COMMENT ON COLUMN transport.shipment.asked_by IS 'The command that wants it; with the carrier it makes our key there.';
COMMENT ON COLUMN transport.shipment.choices IS 'Offers, best first: carrier/service/price in minor units, parted by blanks.';
COMMENT ON COLUMN transport.shipment.choice IS 'Which of the choices is asked now, or made the label.';

-- Small and mostly empty: only labels whose end is not known, or which came when they were not wanted.
CREATE TABLE transport.stray_label (
  merchant_id  integer     NOT NULL,
  order_id     uuid        NOT NULL,
  key          text        NOT NULL,
  check_at     timestamptz NOT NULL,
  watch_until  timestamptz NOT NULL,
  PRIMARY KEY (merchant_id, order_id, key)
);
COMMENT ON TABLE transport.stray_label IS 'Labels that must not stay valid; reconciliation has the carriers take them back.';

GRANT USAGE ON SCHEMA transport TO holdfast_app;
GRANT SELECT, INSERT, UPDATE ON transport.shipment TO holdfast_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON transport.stray_label TO holdfast_app;
