-- Documents from elsewhere that could not be read: refused whole, but never forgotten.

CREATE TABLE orders.unreadable_document (
  merchant_id     integer     NOT NULL,
  document_id     uuid        NOT NULL,
  line            bigint      NOT NULL CHECK (line >= 1),
  recorded_at     timestamptz NOT NULL,
  source          text        NOT NULL,
  external_number text,
  file            text        NOT NULL,
  reason          text        NOT NULL,
  PRIMARY KEY (merchant_id, document_id),
  CONSTRAINT unreadable_number UNIQUE (merchant_id, source, external_number)
);
COMMENT ON TABLE orders.unreadable_document IS 'One row a document that was refused because a row of it cannot be read.';

GRANT SELECT, INSERT ON orders.unreadable_document TO holdfast_app;
