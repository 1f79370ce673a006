/**
 * Carriers, labels and deliveries.
 *
 * <p>Owns the schema {@code transport}: one shipment an order, and labels that must not stay valid.
 * Tells {@code ShipmentLabelled}, {@code ShipmentDelivered}, {@code ShipmentWithdrawn}, and the
 * order's run {@code delivered}; hears no events. Hears the carriers' notices as commands ({@link
 * dev.holdfast.commerce.transport.TransportNotices}).
 *
 * <p><b>Choice.</b> The carrier book ({@code transport/carrier-book.json}: EUR, grams, zones
 * domestic, EU and world; an unknown country is the world) gives the offers; a rate table with
 * validity dates turns them into the home currency. Score = 0.6 × on-time % + 0.4 × (1 − price,
 * min-max-normalised over the offers) × 100; an unknown on-time share counts as 90 %. The best is
 * taken, three more are kept as alternatives. The source names no weight bounds for Chronopost and
 * Colis Privé (2 kg and 5 kg are used) and one price list for all that is abroad for Chronopost,
 * DPD and UPS.
 *
 * <p><b>Labels.</b> The first pass writes the shipment as {@code PENDING} with its choices. The
 * call tries a carrier three times with backoff, then the next one, always under the same key for
 * the same choice; when time is up, how far it came is kept, and the next ask goes on there.
 * Carriers that were tried in vain may have made a label all the same: it becomes a <em>stray</em>,
 * which reconciliation has the carrier take back, again and again until it can't arrive any more.
 * The same happens to a label that comes after the shipment was withdrawn.
 *
 * <p><b>Handing over</b> needs no intent: the shipment says what is to be handed over, and a
 * carrier takes a parcel once however often it is asked. States go forward only; a notice that
 * brings nothing new changes nothing.
 *
 * <p>Limits: four choices, three tries each, a try gets a sixth of the ask's time; 200 orders a
 * round of reconciliation, 16 asked at once.
 */
package dev.holdfast.commerce.transport;
