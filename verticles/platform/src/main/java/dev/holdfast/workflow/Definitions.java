package dev.holdfast.workflow;

import dev.holdfast.agent.RunStart;
import dev.holdfast.bus.RecordJson;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** The workflows that there are: a run begins with the newest version and stays with it. */
final class Definitions {
  private final Map<String, Workflow<?>> newest = new HashMap<>();
  private final Map<String, Workflow<?>> byVersion = new HashMap<>();

  /**
   * @param workflows with every version that runs may be pinned to
   */
  Definitions(Collection<Workflow<?>> workflows) {
    for (Workflow<?> workflow : workflows) {
      newest.merge(
          workflow.name(), workflow, (one, other) -> one.version() > other.version() ? one : other);
      byVersion.put(key(workflow.name(), workflow.version()), workflow);
    }
  }

  private static String key(String name, int version) {
    return name + "/" + version;
  }

  /** Their names. */
  Set<String> names() {
    return newest.keySet();
  }

  /** The one that a new run begins with. */
  Workflow<?> of(RunStart start) {
    Workflow<?> workflow = newest.get(start.definition());
    if (workflow == null) {
      throw new IllegalArgumentException("no workflow is named " + start.definition());
    }
    return workflow;
  }

  /** The one that a run was begun with. */
  Workflow<?> of(RunRow row) {
    Workflow<?> workflow = byVersion.get(key(row.definition(), row.version()));
    if (workflow == null) {
      throw new IllegalStateException(
          "no definition of " + row.definition() + " version " + row.version());
    }
    return workflow;
  }

  /** The row of a run that begins. */
  RunStore.NewRun newRun(RunStart start) {
    Workflow<?> workflow = of(start);
    return new RunStore.NewRun(
        start.runId(),
        start.merchant(),
        workflow.name(),
        workflow.version(),
        start.parkingKey(),
        RecordJson.write(start.input()),
        start.trace().traceparent());
  }
}
