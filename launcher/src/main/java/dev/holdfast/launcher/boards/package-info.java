/**
 * What Prometheus, Alertmanager and Grafana are told of the platform: one description in code, and
 * the files that follow from it.
 *
 * <p>{@link dev.holdfast.launcher.boards.Watched} says what there is: agents that run, with their
 * ports, and where the servers stand. An {@link dev.holdfast.launcher.boards.AlertRule} has its
 * expression, its hold time and series under which it fires and does not, so that promtool can hold
 * it to them. A {@link dev.holdfast.launcher.boards.Board} is a list of panels; each names unit,
 * colours and expressions, and is linked to the page of {@code docs/operations} that explains it.
 * {@link dev.holdfast.launcher.boards.BoardFiles} has all files; {@code holdfast boards} writes
 * them, and a test holds those in the checkout equal. Another test holds every expression against
 * the meters that are declared in {@code telemetry}.
 *
 * <p>Times of rules are multiplied by {@link dev.holdfast.launcher.boards.Watched#pace}, so that a
 * test need not wait for minutes.
 */
package dev.holdfast.launcher.boards;
