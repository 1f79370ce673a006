/**
 * A whole platform that runs: servers, agents, listeners and faults as one thing with a beginning
 * and an end ({@link dev.holdfast.launcher.running.RunningPlatform}), for {@code holdfast up} and
 * for commands that find none and start their own ({@link dev.holdfast.launcher.running.Shop}).
 */
package dev.holdfast.launcher.running;
