/**
 * What an operator may change, as records: read once when the process starts, never changed after.
 *
 * <p>The shipped value of every key stands in its record's {@code shipped()}; then {@code
 * conf/holdfast.yaml}, the environment ({@code HOLDFAST_<SECTION>_<KEY>}, and the few older names
 * of {@link dev.holdfast.launcher.settings.EnvironmentNames}) and the command line have their say,
 * each over the one before. A key that nobody knows, a value of the wrong kind or out of range, and
 * production without real secrets are refused in one sentence that names the key and where it
 * stands. Secrets print as stars.
 *
 * <p>A section may stand in a file of its own, {@code conf/<section>.yaml}. A new key is a new
 * record component with its shipped value, and a line with a comment in {@code conf}; a test holds
 * the two together.
 */
package dev.holdfast.launcher.settings;
