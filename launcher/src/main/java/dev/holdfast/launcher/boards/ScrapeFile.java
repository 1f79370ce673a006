package dev.holdfast.launcher.boards;

import dev.holdfast.telemetry.GivenMeter;
import dev.holdfast.telemetry.Meters;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What Prometheus scrapes. Each agent shows its own series on its own port, so does the
 * observability listener, and the process shows all; what the others show is therefore dropped from
 * the process' answer, so that sums count it once.
 */
final class ScrapeFile {
  static final String AGENTS = "multi-agent-ecommerce";
  static final String OBSERVABILITY = "observability-server";
  static final String PROCESS = "holdfast";

  private static final Duration EVERY = Duration.ofSeconds(15);
  private static final Duration WITHIN = Duration.ofSeconds(10);

  private final Watched watched;

  ScrapeFile(Watched watched) {
    this.watched = watched;
  }

  Map<String, Object> content() {
    List<Object> jobs = new ArrayList<>();
    jobs.add(job("prometheus", List.of(target(watched.prometheus(), Map.of())), List.of()));
    jobs.add(job(AGENTS, agents(), List.of()));
    jobs.add(
        job(OBSERVABILITY, List.of(target(address(watched.observability()), Map.of())), List.of()));
    jobs.add(
        job(PROCESS, List.of(target(address(watched.process()), Map.of())), Meters.OWNER_LABELS));
    watched
        .redis()
        .ifPresent(
            exporter -> jobs.add(job("redis", List.of(target(exporter, Map.of())), List.of())));
    return Yaml.map(
        "global",
        Yaml.map(
            "scrape_interval", watched.paced(EVERY),
            "scrape_timeout", watched.paced(WITHIN),
            "evaluation_interval", watched.paced(Duration.ofSeconds(30))),
        "alerting",
        Yaml.map(
            "alertmanagers",
            List.of(
                Yaml.map(
                    "static_configs",
                    List.of(Yaml.map("targets", List.of(watched.alertmanager())))))),
        "rule_files",
        List.of(RuleFile.FROM_BESIDE),
        "scrape_configs",
        jobs);
  }

  private static String names(Collection<GivenMeter> meters) {
    return meters.stream().map(GivenMeter::title).collect(Collectors.joining("|"));
  }

  private List<Object> agents() {
    List<Object> targets = new ArrayList<>();
    watched
        .agents()
        .forEach((name, port) -> targets.add(target(address(port), Yaml.map("target", name))));
    return targets;
  }

  private String address(int port) {
    return watched.host() + ":" + port;
  }

  private static Map<String, Object> target(String address, Map<String, Object> labels) {
    Map<String, Object> target = Yaml.map("targets", List.of(address));
    if (!labels.isEmpty()) {
      target.put("labels", labels);
    }
    return target;
  }

  private Map<String, Object> job(String name, List<Object> targets, List<String> dropped) {
    List<Object> relabelling = new ArrayList<>();
    if (!dropped.isEmpty()) {
      relabelling.add(
          Yaml.map(
              "source_labels", List.of("__name__"),
              "regex", names(GivenMeter.OBSERVABILITY),
              "action", "drop"));
    }
    for (String label : dropped) {
      relabelling.add(
          Yaml.map(
              "source_labels", List.of(label),
              "regex", String.join("|", watched.agents().keySet()),
              "action", "drop"));
    }
    for (String family : List.of("http", "websocket", "agent", "api")) {
      relabelling.add(
          Yaml.map(
              "source_labels",
              List.of("__name__"),
              "regex",
              "(holdfast_)?" + family + "_.*",
              "target_label",
              "metric_type",
              "replacement",
              family));
    }
    return Yaml.map(
        "job_name", name,
        "metrics_path", "/metrics",
        "static_configs", targets,
        "metric_relabel_configs", relabelling);
  }
}
