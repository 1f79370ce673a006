package dev.holdfast.launcher.boards;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What is to be watched, and from where.
 *
 * @param host the address of the platform as Prometheus sees it
 * @param agents the ports of the agents that run, by name
 * @param process the port that shows the whole process
 * @param observability the port of live events
 * @param prometheus where Prometheus finds itself, host:port
 * @param alertmanager where Prometheus finds Alertmanager, host:port
 * @param redis where Redis' exporter is, host:port; empty when there is no Redis
 * @param webhook where Alertmanager sends notices; empty: nowhere yet
 * @param runbooks the address under which the pages of {@code docs/operations} are served, with the
 *     last slash
 * @param pace what hold times, windows and intervals are multiplied by: 1, or less for a test
 */
public record Watched(
    String host,
    Map<String, Integer> agents,
    int process,
    int observability,
    String prometheus,
    String alertmanager,
    Optional<String> redis,
    Optional<String> webhook,
    String runbooks,
    double pace) {
  /** Where Grafana of {@code docker/compose.yaml} serves the pages. */
  public static final String RUNBOOKS = "/public/runbooks/";

  public Watched {
    agents = new TreeMap<>(agents);
    if (agents.isEmpty()) {
      throw new IllegalArgumentException("there is no agent to watch");
    }
    if (!(pace > 0 && pace <= 1)) {
      throw new IllegalArgumentException("pace must be above 0 and at most 1, got " + pace);
    }
  }

  /** A platform on this machine, with all it needs beside it. */
  public static Watched here(Map<String, Integer> agents, int process, int observability) {
    return new Watched(
        "127.0.0.1",
        agents,
        process,
        observability,
        "127.0.0.1:9090",
        "127.0.0.1:9093",
        Optional.empty(),
        Optional.empty(),
        RUNBOOKS,
        1);
  }

  /** The same platform, seen by containers on its machine. */
  public Watched fromContainers() {
    return new Watched(
        "host.docker.internal",
        agents,
        process,
        observability,
        "127.0.0.1:9090",
        "alertmanager:9093",
        redis,
        webhook,
        runbooks,
        pace);
  }

  /** The same with a Redis. */
  public Watched withRedis(String exporter) {
    return new Watched(
        host,
        agents,
        process,
        observability,
        prometheus,
        alertmanager,
        Optional.of(exporter),
        webhook,
        runbooks,
        pace);
  }

  /** The same with notices going to an address. */
  public Watched notifying(String address) {
    return new Watched(
        host,
        agents,
        process,
        observability,
        prometheus,
        alertmanager,
        redis,
        Optional.of(address),
        runbooks,
        pace);
  }

  /** The same, faster. */
  public Watched at(double faster) {
    return new Watched(
        host,
        agents,
        process,
        observability,
        prometheus,
        alertmanager,
        redis,
        webhook,
        runbooks,
        faster);
  }

  /** A duration at this pace, as Prometheus writes it; at least a second unless it is none. */
  String paced(Duration time) {
    if (time.isZero()) {
      return "0s";
    }
    return PaceRules.text(PaceRules.paced(time, pace));
  }

  /** An expression with its windows at this pace. */
  String paced(String expression) {
    return PaceRules.paced(expression, pace);
  }
}
