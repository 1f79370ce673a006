/**
 * Keeps children alive: deploys them, hears how they fail, starts new instances, and has it proven
 * that they are well again.
 *
 * <p><b>Where.</b> {@link dev.holdfast.supervision.Supervisor} is a verticle in a small {@code
 * Vertx} of its own and deploys into the platform's. Answers come from a child's own context to the
 * supervisor's loop and have a timer there; no other loop has to be well for that. A new instance
 * that was given a stuck loop is dropped within a tenth of a second and tried again.
 *
 * <p><b>What a crash is.</b> A start that failed or passed its deadline; an exception at the top of
 * the child's context; three missed beats, made every 500 ms on that context, while others beat; an
 * escalation through {@link dev.holdfast.supervision.CrashReports}. An outage ({@code
 * kernel.Unavailable}) is no crash: a child whose start met one waits and tries again within three
 * seconds, uncounted. When all children, or the supervisor itself, are late at once, the machine
 * stood still, and everybody gets a full grace period. A child needs to do nothing for its beats;
 * it must only leave its context's exception handler alone.
 *
 * <p><b>What follows.</b> The child, and in a rest-for-one group those behind it, are stopped in
 * reverse and started in order, each a new instance. Three gates come before a restart: the child's
 * backoff (100 ms doubling to 30 s, full jitter, forgotten after 5 s of proven health), its group's
 * intensity (5 crashes in 60 s; one more parks the child until a person unparks it, and those
 * behind it wait), and the budget of all (10 restarts a second). A start or stop that never ends is
 * ended at its deadline so that its timers and consumers go; it is counted as an orphan.
 *
 * <p><b>When it is over.</b> A child is well when its proof, real work through its own path, has
 * succeeded; it is asked again until then. Each fault is one {@link
 * dev.holdfast.supervision.Incident}, in memory at once and in {@code holdfast.incident} as soon as
 * the database takes it; 1,024 may wait.
 *
 * <p><b>Limits.</b> A hang of every loop at once can't be told from a pause, and nothing here ends
 * the process. What an orphan still holds outside its context (connections, threads) stays with it.
 * An instance that hangs without blocking its context goes on beating.
 */
package dev.holdfast.supervision;
