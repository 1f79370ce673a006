CREATE SCHEMA product;

CREATE TABLE product.product (
  merchant_id  integer          NOT NULL,
  sku          text COLLATE "C" NOT NULL,
  name         text             NOT NULL,
  unit_price   numeric(14, 4)   NOT NULL CHECK (unit_price >= 0),
  currency     text             NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  weight_grams integer          CHECK (weight_grams > 0),
  version      bigint           NOT NULL CHECK (version >= 1),
  created_at   timestamptz      NOT NULL,
  PRIMARY KEY (merchant_id, sku)
) WITH (fillfactor = 90);
COMMENT ON TABLE product.product IS 'The catalogue with the prices of now; unit_price is in the major unit of the currency.';

CREATE TABLE product.price (
  merchant_id integer          NOT NULL,
  sku         text COLLATE "C" NOT NULL,
  version     bigint           NOT NULL,
  unit_price  numeric(14, 4)   NOT NULL CHECK (unit_price >= 0),
  valid_from  timestamptz      NOT NULL,
  reason      text,
  PRIMARY KEY (merchant_id, sku, version)
);
COMMENT ON TABLE product.price IS 'Every price a product ever had, the first and the present one among them.';

GRANT USAGE ON SCHEMA product TO holdfast_app;
GRANT SELECT, INSERT, UPDATE ON product.product TO holdfast_app;
GRANT SELECT, INSERT ON product.price TO holdfast_app;
