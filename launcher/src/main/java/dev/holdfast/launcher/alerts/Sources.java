package dev.holdfast.launcher.alerts;

import dev.holdfast.agent.AgentHost;
import dev.holdfast.degradation.Standing;
import dev.holdfast.guard.Guards;
import dev.holdfast.journal.JournalHealth;
import dev.holdfast.supervision.TreeState;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * Where alerts look; all of it is in memory, and safe on any thread.
 *
 * @param tree the agents in their groups
 * @param standing levels, and what is down
 * @param guards the process's guards
 * @param hosts the agents' hosts
 * @param letters open dead letters by agent or workflow
 * @param workflows names under which runs that need a person are letters
 * @param outboxOldestSeconds how long the oldest unsent event has waited
 * @param journal how the journal is
 * @param journalMax how many intents it may hold
 * @param holdsLease whether this node's lease is its own
 */
public record Sources(
    Supplier<TreeState> tree,
    Supplier<Standing> standing,
    Guards guards,
    Collection<AgentHost> hosts,
    Supplier<Map<String, Long>> letters,
    Set<String> workflows,
    DoubleSupplier outboxOldestSeconds,
    Supplier<JournalHealth> journal,
    int journalMax,
    BooleanSupplier holdsLease) {}
