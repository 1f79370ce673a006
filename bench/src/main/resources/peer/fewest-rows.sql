-- One delivered order for a program that can't be killed between two steps: without the row of a
-- run and what it was told, and with one reply in place of fourteen. All else as in one-order.sql.
\set n :n + 1
\set o :n * 1000 + :client_id
\set p :o + 5000000000000000
\set s random(10000, 13332)
\set t random(13333, 16665)
\set u random(16666, 19999)
\startpipeline
BEGIN;
INSERT INTO holdfast.http_key VALUES (1, 'placeOrder', :o::text || :p::text, (:o::text || :p::text)::uuid, current_date, '09f8a3a6f18fb004d80926d8a8ca8e693a57ec8e76daea010c16a38cc3b7ed3f');
UPDATE inventory.stock SET on_hand = on_hand - 2, version = version + 1 WHERE merchant_id = 1 AND sku = :s::text AND warehouse = 1;
UPDATE inventory.stock SET on_hand = on_hand - 2, version = version + 1 WHERE merchant_id = 1 AND sku = :t::text AND warehouse = 1;
UPDATE inventory.stock SET on_hand = on_hand - 2, version = version + 1 WHERE merchant_id = 1 AND sku = :u::text AND warehouse = 1;
INSERT INTO orders.orders (merchant_id, order_id, run_id, placed_at, delivered_at, total_minor, version, stocked, status, currency, source, external_number, customer, billing_country, shipping_country, carrier, tracking, codes) VALUES (1, (:o::text || :p::text)::uuid, (:p::text || :o::text)::uuid, now(), now(), 2100, 4, true, 'DELIVERED', 'GBP', 'bench', :o::text || :p::text, :o::text, 'GB', 'GB', 'COLISPRIVE', 'CO2657103137402482346', '{2424,2427,2426}');
INSERT INTO orders.order_line (merchant_id, line, order_id, amount_minor, quantity, unit_price, sku) VALUES (1, 1, (:o::text || :p::text)::uuid, 700, 2, 3.50, :s::text);
INSERT INTO orders.order_line (merchant_id, line, order_id, amount_minor, quantity, unit_price, sku) VALUES (1, 2, (:o::text || :p::text)::uuid, 700, 2, 3.50, :t::text);
INSERT INTO orders.order_line (merchant_id, line, order_id, amount_minor, quantity, unit_price, sku) VALUES (1, 3, (:o::text || :p::text)::uuid, 700, 2, 3.50, :u::text);
INSERT INTO customer.customer (merchant_id, customer, registered_at, points, orders, lifetime_minor, version, kind, status, country) VALUES (1, :o::text, now(), 21, 1, 2100, 2, 'INDIVIDUAL', 'ACTIVE', 'GB');
INSERT INTO inventory.reservation VALUES (1, (:o::text || :p::text)::uuid, 'SHIPPED', now(), NULL, now());
INSERT INTO inventory.reservation_line VALUES (1, (:o::text || :p::text)::uuid, 1, :s::text, 1, 2);
INSERT INTO inventory.reservation_line VALUES (1, (:o::text || :p::text)::uuid, 2, :t::text, 1, 2);
INSERT INTO inventory.reservation_line VALUES (1, (:o::text || :p::text)::uuid, 3, :u::text, 1, 2);
INSERT INTO inventory.movement (merchant_id, sku, warehouse, kind, units, short_units, reference, moved_at) VALUES (1, :s::text, 1, 'SHIPPED', -2, 0, (:o::text || :p::text)::uuid, now());
INSERT INTO inventory.movement (merchant_id, sku, warehouse, kind, units, short_units, reference, moved_at) VALUES (1, :t::text, 1, 'SHIPPED', -2, 0, (:o::text || :p::text)::uuid, now());
INSERT INTO inventory.movement (merchant_id, sku, warehouse, kind, units, short_units, reference, moved_at) VALUES (1, :u::text, 1, 'SHIPPED', -2, 0, (:o::text || :p::text)::uuid, now());
INSERT INTO fraud.assessment (merchant_id, order_id, run_id, customer, shopper, payment_method, placed_at, score, level, verdict, reasons, assessed_at) VALUES (1, (:o::text || :p::text)::uuid, (:p::text || :o::text)::uuid, :o::text, 'customer/' || :o::text, 'tok_ok', now(), 15, 'LOW', 'APPROVED', '[{"rule":"new_account","points":15}]', now());
INSERT INTO payment.payment VALUES (1, (:o::text || :p::text)::uuid, 'GBP', 'CAPTURED', 2100, 2100, 0, 'psp_4a30902c1fd15606b73531349c871d94', 3);
INSERT INTO payment.operation VALUES (1, (:o::text || :p::text)::uuid, 'AUTHORISE', (:p::text || :o::text)::uuid, 'DONE', 2100, 'psp_4a30902c1fd15606b73531349c871d94', NULL, now(), now(), NULL, NULL);
INSERT INTO payment.operation VALUES (1, (:o::text || :p::text)::uuid, 'CAPTURE', (:p::text || :o::text)::uuid, 'DONE', 2100, 'psp_4a30902c1fd15606b73531349c871d94', NULL, NULL, now(), NULL, NULL);
INSERT INTO payment.entry VALUES (1, (:o::text || :p::text)::uuid, 'authorised', (:o::text || :p::text)::uuid, 2100, 'GBP', now());
INSERT INTO payment.entry VALUES (1, (:o::text || :p::text)::uuid, 'customer', (:o::text || :p::text)::uuid, -2100, 'GBP', now());
INSERT INTO payment.entry VALUES (1, (:p::text || :o::text)::uuid, 'authorised', (:o::text || :p::text)::uuid, -2100, 'GBP', now());
INSERT INTO payment.entry VALUES (1, (:p::text || :o::text)::uuid, 'customer', (:o::text || :p::text)::uuid, 2100, 'GBP', now());
INSERT INTO payment.entry VALUES (1, (:p::text || :o::text)::uuid, 'provider', (:o::text || :p::text)::uuid, 2100, 'GBP', now());
INSERT INTO payment.entry VALUES (1, (:p::text || :o::text)::uuid, 'sales', (:o::text || :p::text)::uuid, -2100, 'GBP', now());
INSERT INTO transport.shipment VALUES (1, (:o::text || :p::text)::uuid, (:p::text || :o::text)::uuid, (:p::text || :p::text)::uuid, 'DELIVERED', false, 'GB', 1500, 'COLISPRIVE/economy/361 DPD/standard/525 COLISSIMO/standard/679 CHRONOPOST/express/1109', 0, 0, 'COLISPRIVE', 'CO4565384403157992041', 361, 'GBP', now(), now(), now(), 2);
INSERT INTO holdfast.outbox_plain (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body) VALUES (1, 'order_events', :o::text || :p::text, 1, (:p::text || (:o::bigint + 0)::text)::uuid, 'order.OrderPlaced', now(), (:o::text || :p::text)::uuid, '{"merchant":1,"aggregate":"788a2f70-4099-59be-b2dc-bc13c79b7af6","version":1,"total":{"minor":2100,"currency":"GBP"},"customer":"20000","carrier":"COLISPRIVE","tracking":"CO2}');
INSERT INTO holdfast.outbox_plain (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body) VALUES (1, 'customer_events', :o::text || :p::text, 2, (:p::text || (:o::bigint + 1)::text)::uuid, 'customer.CustomerRegistered', now(), (:o::text || :p::text)::uuid, '{"merchant":1,"aggregate":"788a2f70-4099-59be}');
INSERT INTO holdfast.outbox_plain (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body) VALUES (1, 'inventory_events', :o::text || :p::text, 3, (:p::text || (:o::bigint + 2)::text)::uuid, 'inventory.StockReserved', now(), (:o::text || :p::text)::uuid, '{"merchant":1,"aggregate":"788a2f70-4099-59be-b2dc-bc13c79b7af6","version":1,"total":{}');
INSERT INTO holdfast.outbox_plain (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body) VALUES (1, 'fraud_events', :o::text || :p::text, 4, (:p::text || (:o::bigint + 3)::text)::uuid, 'fraud.OrderAssessed', now(), (:o::text || :p::text)::uuid, '{"merchant":1,"aggregate":"788a2f70-4099-59be-b2dc-bc13c79b7af6","version":1,"total":{"minor":2100,"currency}');
INSERT INTO holdfast.outbox_plain (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body) VALUES (1, 'payment_events', :o::text || :p::text, 5, (:p::text || (:o::bigint + 4)::text)::uuid, 'payment.PaymentAuthorised', now(), (:o::text || :p::text)::uuid, '{"merchant":1,"aggregate":"788a2f70-4099-59be-b2dc-bc13c79b7af6","version":1,"total":{"minor":2100,"currency":"G}');
INSERT INTO holdfast.outbox_plain (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body) VALUES (1, 'order_events', :o::text || :p::text, 6, (:p::text || (:o::bigint + 5)::text)::uuid, 'order.OrderConfirmed', now(), (:o::text || :p::text)::uuid, '{"merchant":1,"aggregate":"788a2f70-4099-59be-b2dc-bc13c79b7af6","version":1}');
INSERT INTO holdfast.outbox_plain (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body) VALUES (1, 'transport_events', :o::text || :p::text, 7, (:p::text || (:o::bigint + 6)::text)::uuid, 'transport.ShipmentLabelled', now(), (:o::text || :p::text)::uuid, '{"merchant":1,"aggregate":"788a2f70-4099-59be-b2dc-bc13c79b7af6","version":1,"total":{"minor":2100,"currency":"GBP"},"customer":"20000}');
INSERT INTO holdfast.outbox_plain (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body) VALUES (1, 'inventory_events', :o::text || :p::text, 8, (:p::text || (:o::bigint + 7)::text)::uuid, 'inventory.StockShipped', now(), (:o::text || :p::text)::uuid, '{"merchant":1,"aggregate":"788a2f70-4099-59be-b2dc-bc13c79b7af6","version":1,"total":{}');
INSERT INTO holdfast.outbox_plain (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body) VALUES (1, 'payment_events', :o::text || :p::text, 9, (:p::text || (:o::bigint + 8)::text)::uuid, 'payment.PaymentCaptured', now(), (:o::text || :p::text)::uuid, '{"merchant":1,"aggregate":"788a2f70-4099-59be-b2dc-bc13c79b7af6","version":1,"total":{"minor":2100,"currency":"G}');
INSERT INTO holdfast.outbox_plain (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body) VALUES (1, 'order_events', :o::text || :p::text, 10, (:p::text || (:o::bigint + 9)::text)::uuid, 'order.OrderShipped', now(), (:o::text || :p::text)::uuid, '{"merchant":1,"aggregate":"788a2f70-4099-59be-b2dc-bc13c79b7af6","version":1,"total":{"minor":2100,"currency":"}');
INSERT INTO holdfast.outbox_plain (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body) VALUES (1, 'transport_events', :o::text || :p::text, 11, (:p::text || (:o::bigint + 10)::text)::uuid, 'transport.ShipmentDelivered', now(), (:o::text || :p::text)::uuid, '{"merchant":1,"aggregate":"788a2f70-4099-59be-b2dc-bc13c79b7af6","version":1,"total":{"minor":2100,"currency":"}');
INSERT INTO holdfast.outbox_plain (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body) VALUES (1, 'order_events', :o::text || :p::text, 12, (:p::text || (:o::bigint + 11)::text)::uuid, 'order.OrderDelivered', now(), (:o::text || :p::text)::uuid, '{"merchant":1,"aggregate":"788a2f70-4099-59be-b2dc-bc13c79b7af6","version":1,"total":{"minor":2100,"currency":"GBP"},"customer":"20000","carrier":"COLISPRIVE","tracking":"CO2}');
INSERT INTO holdfast.outbox_plain (merchant_id, topic, aggregate, version, event_id, type, occurred_at, caused_by, body) VALUES (1, 'customer_events', :o::text || :p::text, 13, (:p::text || (:o::bigint + 12)::text)::uuid, 'customer.CustomerPointsEarned', now(), (:o::text || :p::text)::uuid, '{"merchant":1,"aggregate":"788a2f70-4099-59be-b2dc-bc13c79b7af6","version":1,"total":{"minor":2100,"curr}');
INSERT INTO holdfast.reply VALUES ((:o::text || :p::text)::uuid, current_date, 'order', false, '{"id":"788a2f70-4099-59be-b2dc-bc13c79b7af6","status":"CONFIRMED","total":{"minor":2100,"currency":"GBP"},"run":"ec6937a9-5147-5708-afc4-8e769b1804d4"}');
COMMIT;
\endpipeline
