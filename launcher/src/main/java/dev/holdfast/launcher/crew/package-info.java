/**
 * Which agents there are, what each needs, and the partners they talk to.
 *
 * <p>{@link dev.holdfast.launcher.crew.Crew} is the one list of agents: routes, boards, rules and
 * scrape files follow from it. {@link dev.holdfast.launcher.crew.AgentShapes} says what of an agent
 * is configured, {@link dev.holdfast.launcher.crew.Partners} makes the adapters and the simulators
 * behind them.
 */
package dev.holdfast.launcher.crew;
