/**
 * What HTTP needs and commerce does not know: problems, tokens, limits, health routes, cursors and
 * entity tags.
 *
 * <p>Limits come first, then authentication, then the body, then the route. {@link
 * dev.holdfast.web.HttpLimits} bounds the head, the body, the time for both, the idle time and the
 * number of connections; {@link dev.holdfast.web.Authentication} turns a bearer token into a {@link
 * dev.holdfast.web.Caller}; {@link dev.holdfast.web.JsonBody} reads JSON strictly. Whatever goes
 * wrong ends in {@link dev.holdfast.web.Failures}, which answers with problem+json (RFC 9457): a
 * refusal as 409, 422 or 404, an outage as 503 or 504 with {@code Retry-After}, anything else as
 * 500 with the id under which it was logged.
 *
 * <p>{@link dev.holdfast.web.AgentRoutes} sets up all that one agent's listener answers, {@link
 * dev.holdfast.web.ProbeRoutes} the probes of the process; both read memory alone.
 *
 * <p>{@link dev.holdfast.web.ObservabilityRoutes} takes live events in and tells them to who
 * follows; they are hints, kept in memory. {@link dev.holdfast.web.LiveEvents} is a ring, and who
 * follows a place in it: nobody's slowness costs others anything. A token's use is a session as
 * long as it goes on, which only the meters know of.
 *
 * <p>Listeners are owned by a {@link dev.holdfast.web.ListenerVerticle}, which outlives every agent
 * whose health it shows. All of this runs on event loops; nothing here waits for a dependency.
 */
package dev.holdfast.web;
