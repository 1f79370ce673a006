CREATE TABLE holdfast.alert (
  alert_id        uuid             PRIMARY KEY,
  fingerprint     text             NOT NULL,
  node            text             NOT NULL,
  condition       text             NOT NULL,
  subject         text             NOT NULL,
  severity        text             NOT NULL,
  body            text             NOT NULL,
  value           double precision NOT NULL,
  times           integer          NOT NULL CHECK (times > 0),
  first_seen      timestamptz      NOT NULL,
  last_seen       timestamptz      NOT NULL,
  told            boolean          NOT NULL,
  acknowledged_at timestamptz,
  acknowledged_by text,
  ended_at        timestamptz,
  ended_by        text,
  note            text,
  revision        integer          NOT NULL
);
CREATE INDEX alert_ended ON holdfast.alert (ended_at DESC) WHERE ended_at IS NOT NULL;
CREATE INDEX alert_active ON holdfast.alert (node) WHERE ended_at IS NULL;
COMMENT ON TABLE holdfast.alert IS 'Alerts that are active, and the last 1,000 that ended.';
COMMENT ON COLUMN holdfast.alert.last_seen IS 'When its condition held last, as of its last change; the node that has it knows better.';

CREATE TABLE holdfast.alert_delivery (
  number      bigint      GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  delivery_id uuid        NOT NULL UNIQUE,
  alert_id    uuid        NOT NULL,
  node        text        NOT NULL,
  handler     text        NOT NULL,
  what        text        NOT NULL,
  state       text        NOT NULL CHECK (state IN ('WAITING', 'DELIVERED', 'REFUSED', 'GIVEN_UP')),
  attempts    integer     NOT NULL,
  due         timestamptz NOT NULL,
  answer      text        NOT NULL,
  ended_at    timestamptz
);
CREATE INDEX alert_delivery_waiting ON holdfast.alert_delivery (node, handler, number) WHERE state = 'WAITING';
CREATE INDEX alert_delivery_alert ON holdfast.alert_delivery (alert_id);
COMMENT ON TABLE holdfast.alert_delivery IS 'What receivers are told of alerts, and what they answered; kept as long as the alert.';
COMMENT ON COLUMN holdfast.alert_delivery.number IS 'The order in which they are told.';
