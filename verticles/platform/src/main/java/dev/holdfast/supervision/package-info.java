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
 * the child's context; three missed beats, made every 500 ms on that context, while others beat; a
 * loop that is blocked; work that waits while none is done for 20 s; a proof that does not succeed
 * in its rung's time, or fails three times in a row later; an escalation through {@link
 * dev.holdfast.supervision.CrashReports}. An outage ({@code kernel.Unavailable}) is no crash, and
 * while something that a child needs is away, proofs and progress are not held against it. When all
 * children, or the supervisor itself, are late at once, the machine stood still, and everybody gets
 * a full grace period. A child needs to do nothing for its beats; it must only leave its context's
 * exception handler alone.
 *
 * <p><b>What follows.</b> The child, in a rest-for-one group those behind it too, in a one-for-all
 * group all, are stopped in reverse and started in order, each a new instance; a transient child
 * not when it is done, a temporary one never. What is done besides, the ladder of {@code recovery}
 * says. Three gates come before a restart: the child's backoff (100 ms doubling to 30 s, full
 * jitter, forgotten after 5 s of proven health), its group's intensity (5 crashes in 60 s), and the
 * budget of all (10 restarts a second). One crash more than the intensity is handed up: all of the
 * group ends, rests, and is started anew with a clean record ({@link
 * dev.holdfast.supervision.Escalation}). When that was too often, or the group does not escalate,
 * the child is parked until a person unparks it, and those behind it wait. A child that falls while
 * what it needs is away waits, and is woken within three seconds of its return. A start or stop
 * that never ends is ended at its deadline so that its timers and consumers go; it is counted as an
 * orphan.
 *
 * <p><b>Blocked loops.</b> {@code LoopWatch} probes each loop of the platform every 40 ms; {@code
 * LoopRules} tells by the thread's state and stack a loop that is blocked from one that is busy or
 * late. All children of a blocked loop are started anew on others at once, without waiting for
 * their end; a {@link dev.holdfast.supervision.LoopListener} does the rest.
 *
 * <p><b>When it is over.</b> A child is well when its proof, real work through its own path, has
 * succeeded; it is asked again until then, and every five seconds afterwards. Each fault is one
 * {@link dev.holdfast.supervision.Incident}, in memory at once and in {@code holdfast.incident} as
 * soon as the database takes it; 1,024 may wait.
 *
 * <p><b>Limits.</b> A loop that is busy and not waiting is found only by its children's beats. What
 * an orphan still holds outside its context (connections, threads) stays with it. Groups stand side
 * by side; above them is the tree alone. Nothing here ends the process.
 */
package dev.holdfast.supervision;
