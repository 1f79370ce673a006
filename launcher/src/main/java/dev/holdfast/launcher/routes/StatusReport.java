package dev.holdfast.launcher.routes;

import dev.holdfast.deadletter.DeadLetterStore;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.stream.OutboxRelay;
import dev.holdfast.supervision.ChildState;
import dev.holdfast.workflow.RunLog;
import io.vertx.core.Future;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The state of the whole process in one answer: what {@code holdfast status} shows. */
final class StatusReport {
  private static final int LEVEL_CHANGES = 5;

  private final Platform platform;
  private final RunLog runs;
  private final DeadLetterStore letters;

  StatusReport(Platform platform) {
    this.platform = platform;
    this.runs = new RunLog(platform.databases().queries());
    this.letters = new DeadLetterStore(platform.databases().queries());
  }

  /** What is read from the database is left out while it can't be asked. */
  Future<Map<String, Object>> read(Deadline deadline) {
    OutboxRelay relay = platform.relay();
    Map<String, Object> status = new LinkedHashMap<>();
    status.put("node", platform.node());
    status.put("process", ProcessHandle.current().pid());
    status.put("level", platform.degradation().watch().level());
    status.put("reasons", platform.degradation().watch().reasons());
    status.put("mode", platform.degradation().degradation().standing().mode().label());
    status.put("health", platform.degradation().features().healthPercent());
    status.put("levelChanges", platform.degradation().history().latest(LEVEL_CHANGES));
    status.put("agents", agents());
    status.put("restarts", platform.supervisor().state().restarts());
    status.put("guards", guards());
    status.put("published", relay.figures().publishedInAll());
    status.put("servers", platform.servers());
    return Future.join(
            runs.counts(deadline).onSuccess(counts -> status.put("runs", counts)),
            relay.backlog(deadline).onSuccess(backlog -> status.put("outbox", backlog)),
            letters.openCounts(deadline).onSuccess(open -> status.put("deadLetters", open)))
        .otherwiseEmpty()
        .map(done -> status);
  }

  private List<Map<String, Object>> agents() {
    return platform.supervisor().state().children().stream().map(StatusReport::agent).toList();
  }

  private List<Map<String, Object>> guards() {
    return platform.guards().states().stream().map(GuardRoutes::shown).toList();
  }

  private static Map<String, Object> agent(ChildState child) {
    Map<String, Object> agent = new LinkedHashMap<>();
    agent.put("agent", child.id());
    agent.put("phase", child.phase());
    agent.put("well", child.isWell());
    agent.put("since", child.since());
    agent.put("restarts", child.restartCount());
    agent.put("detail", child.detail());
    return agent;
  }
}
