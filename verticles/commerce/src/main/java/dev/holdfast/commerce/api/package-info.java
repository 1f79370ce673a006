/**
 * The platform's API over HTTP: JSON to messages and back, and no decisions.
 *
 * <p>{@code openapi/holdfast.yaml} in the resources is the law: {@link
 * dev.holdfast.commerce.api.ApiContract} reads it, vertx-web-openapi-router makes the routes from
 * it, {@code Schema} checks requests by it, and its {@code x-roles} say who may ask what; an
 * operation without roles, or without a handler, is an error at the start. One {@code *Routes} an
 * agent turns requests into that agent's commands and queries.
 *
 * <p><b>The way of a request.</b> Limits of connection, head and body; bearer token (401); role
 * (403); {@code Idempotency-Key} and media type (400, 415); body (413) and strict JSON (400);
 * parameters and body by the contract (400, naming the field); admission control (503 with {@code
 * Retry-After} for what could not be kept, before any agent is asked); handler. Whatever fails ends
 * as problem+json.
 *
 * <p><b>Keys.</b> A POST is a command whose id follows from merchant, operation and key; for a
 * customer's token the customer is part of the key. Path and body are its fingerprint. Whoever asks
 * again gets the recorded answer, with {@code Idempotent-Replayed: true}. A question that comes
 * before the command (a catalogue price, an order's price) is asked again on a repeat.
 *
 * <p><b>The database away.</b> {@code OrderEntry} accepts an order as an intent under the very id
 * and key that its command has (202 {@code ACCEPTED_AS_INTENT}), when the admission control says so
 * or the agent's answer is the database's outage. A repeat is answered from the intent as long as
 * it waits. {@code Snapshots} answers questions about products and orders from memory, with {@code
 * asOf} and {@code Age}.
 *
 * <p><b>Orders and returns</b> are answered with their run's milestone when it comes within two
 * seconds, else with 202; a repeat waits again.
 *
 * <p><b>Whose.</b> The merchant is the token's; an admin of the whole platform names one in {@code
 * Holdfast-Merchant}. A customer's token orders for itself and sees what is its own; anything else
 * is not there for it (404). What only a merchant may name is refused with 403 {@code
 * merchant_role_needed}.
 *
 * <p>Limits: a request 4.5 s, JSON as {@link dev.holdfast.web.JsonLimits} says, 2,000 lines a
 * document, 1,000 entries a booking, 100 entries a page.
 */
package dev.holdfast.commerce.api;
