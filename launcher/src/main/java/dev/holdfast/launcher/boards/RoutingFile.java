package dev.holdfast.launcher.boards;

import dev.holdfast.launcher.boards.AlertRule.Area;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** How Alertmanager groups, repeats and silences alerts, and whom it tells. */
final class RoutingFile {
  private static final Duration GROUP_WAIT = Duration.ofSeconds(30);
  private static final Duration GROUP_INTERVAL = Duration.ofMinutes(5);

  private final Watched watched;

  RoutingFile(Watched watched) {
    this.watched = watched;
  }

  Map<String, Object> content() {
    List<Object> routes = new ArrayList<>();
    routes.add(
        Yaml.map(
            "matchers", List.of("severity=\"critical\""),
            "receiver", "critical",
            "group_wait", watched.paced(Duration.ofSeconds(10)),
            "repeat_interval", watched.paced(Duration.ofHours(1))));
    List<Object> receivers = new ArrayList<>(List.of(receiver("critical")));
    for (Area area : Area.values()) {
      String name = area.name().toLowerCase(Locale.ROOT);
      routes.add(
          Yaml.map(
              "matchers", List.of("area=\"" + name + "\""),
              "receiver", name,
              "repeat_interval", watched.paced(Duration.ofHours(repeatHours(area)))));
      receivers.add(receiver(name));
    }
    return Yaml.map(
        "route",
        Yaml.map(
            "receiver", "platform",
            "group_by", List.of("alertname", "area"),
            "group_wait", watched.paced(GROUP_WAIT),
            "group_interval", watched.paced(GROUP_INTERVAL),
            "repeat_interval", watched.paced(Duration.ofHours(4)),
            "routes", routes),
        "inhibit_rules",
        List.of(
            hides("MultipleWorkersDown", "WorkerUnhealthy", List.of()),
            hides("CircuitBreakerOpen", "HighErrorRate", List.of()),
            hides("DeadLetterQueueCritical", "DeadLetterQueueGrowing", List.of("agent_type")),
            hides("PlatformReadOnly", "PlatformDegraded", List.of())),
        "receivers",
        receivers);
  }

  private static int repeatHours(Area area) {
    return switch (area) {
      case DATABASE, PLATFORM -> 1;
      case WORKER -> 2;
      case BREAKER -> 3;
      case REQUEST -> 4;
      case DEADLETTER -> 6;
      case CACHE, INFRASTRUCTURE -> 12;
    };
  }

  private static Map<String, Object> hides(String source, String target, List<String> equal) {
    Map<String, Object> rule =
        Yaml.map(
            "source_matchers", List.of("alertname=\"" + source + "\""),
            "target_matchers", List.of("alertname=\"" + target + "\""));
    if (!equal.isEmpty()) {
      rule.put("equal", equal);
    }
    return rule;
  }

  private Map<String, Object> receiver(String name) {
    Map<String, Object> receiver = Yaml.map("name", name);
    watched
        .webhook()
        .ifPresent(
            address ->
                receiver.put(
                    "webhook_configs", List.of(Yaml.map("url", address, "send_resolved", true))));
    return receiver;
  }
}
