package dev.holdfast.agent;

import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Event;
import java.util.List;
import java.util.function.Function;

/**
 * Which events of other agents an agent hears, and the commands to itself that it makes of one. The
 * commands' ids follow from the event, so an event that comes twice takes effect once.
 *
 * @param event the event's class in the other agent's protocol
 * @param handler tells this subscription from the agent's others; part of the commands' ids
 * @param commands none, one or several commands of the hearing agent
 */
public record Subscription<E extends Event>(
    Class<E> event, String handler, Function<E, List<? extends Command<?>>> commands) {}
