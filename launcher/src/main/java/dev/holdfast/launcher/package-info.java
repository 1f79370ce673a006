/**
 * The process. {@link dev.holdfast.launcher.Main} knows the subcommands and turns what went wrong
 * into one sentence and an exit code: 0 done, 1 it failed, 2 wrong arguments or settings.
 *
 * <p>Below here is the only place that reads the environment, makes a {@code Vertx} and ends the
 * process. Rooms know only those named before them: {@code settings}, {@code process}, {@code
 * servers}; {@code crew}, {@code watch}, {@code fallback}, {@code healing}, {@code letters}, {@code
 * health}, {@code alerts}, {@code logs} and {@code trace}, the parts; {@code platform}, which puts
 * them together; {@code faults}, which break it; {@code routes}, which show it; {@code running},
 * all of it at once; {@code command}. Beside them stand {@code days}, {@code drill} and {@code
 * boards}: a real shop's days, days under faults, and the files for Prometheus and Grafana.
 */
package dev.holdfast.launcher;
