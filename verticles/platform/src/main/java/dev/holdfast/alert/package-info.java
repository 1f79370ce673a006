/**
 * Alerts: what of the platform a person should know, from its beginning to its end, and who is
 * told.
 *
 * <p><b>Conditions.</b> Each {@link dev.holdfast.alert.Condition} has a threshold, a hold time and
 * a clear time. {@link dev.holdfast.alert.Alerts} looks every second at {@link
 * dev.holdfast.alert.Observation observations}, which the process gathers from memory, and at
 * events that it was told since. {@code AlertRules} decide: an alert begins when its condition has
 * held without a gap for the hold time, and is resolved when it has not held for the clear time. A
 * condition about one subject at one node has a fingerprint, and one active alert at most: what
 * comes again is counted. A person can acknowledge an alert, or end it; while its condition holds
 * another begins after its hold time.
 *
 * <p><b>Storms.</b> When more alerts begin within a minute than {@link
 * dev.holdfast.alert.StormPolicy} says, further ones are kept but not told each: one alert, {@code
 * AlertStorm}, stands for them, as urgent as the worst. When fewer begin again, it ends, and those
 * that still go on are told one by one.
 *
 * <p><b>Receivers.</b> An {@link dev.holdfast.alert.AlertHandler} is told what is urgent enough:
 * the log, Slack, PagerDuty (Events API v2, the fingerprint as the key that joins begin,
 * acknowledgement and end), a webhook of one's own, signed. Those over HTTP stand behind a guard
 * each. What is told of one fingerprint to one receiver is told in order; others pass it. An answer
 * that is no success is tried again with growing waits, after what {@code Retry-After} asks for,
 * for a day; a document that the receiver will never take (400, 413, 415, 422) is not.
 *
 * <p><b>Promises.</b> Alert and deliveries are one transaction, before anybody is told; a process
 * that ends goes on with them in its next life, so a receiver may hear something twice, under the
 * same key, and never not at all. When the database does not take them within two seconds they are
 * told all the same and written later. Everything runs on one context, of a {@code Vertx} that no
 * order uses. No personal data is in a text, and no secret in a row.
 *
 * <p><b>Limits.</b> {@code ActiveAlerts.ACTIVE_MAX} active alerts, {@link
 * dev.holdfast.alert.Alerts#HISTORY_MAX} ended ones are kept, {@code AlertWriter.WAITING_MAX}
 * states wait for the database; a full queue to a receiver goes on in the database. Each node looks
 * and tells for itself: what all nodes see is told by each, and what a node that never comes back
 * had to tell stays untold.
 *
 * <p>Owns {@code holdfast.alert} and {@code alert_delivery}. Knows no agent and no level: what is
 * seen is handed in.
 */
package dev.holdfast.alert;
