-- One delivered order for a program that can't be killed between two steps: without the row of a
-- run and what it was told, and with one reply in place of fourteen. All else as in one-order.sql.
\include order-rows.sql
INSERT INTO holdfast.reply VALUES ((:o::text || :p::text)::uuid, current_date, 'order', false, '{"id":"788a2f70-4099-59be-b2dc-bc13c79b7af6","status":"CONFIRMED","total":{"minor":2100,"currency":"GBP"},"run":"ec6937a9-5147-5708-afc4-8e769b1804d4"}');
COMMIT;
\endpipeline
