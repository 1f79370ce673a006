package dev.holdfast.launcher.boards;

import static dev.holdfast.launcher.boards.AlertRule.minutes;

import dev.holdfast.alert.Severity;
import dev.holdfast.launcher.boards.AlertRule.Area;
import dev.holdfast.launcher.boards.AlertRule.Trial;
import java.util.List;
import java.util.Map;

/** What agents stand on: the database, the broker, the machine, and the platform as a whole. */
final class HouseAlerts {
  private HouseAlerts() {}

  static List<AlertRule> rules() {
    return List.of(
        databaseConnectionFailure(),
        highDatabaseErrorRate(),
        slowDatabaseQueries(),
        kafkaDown(),
        highMemoryUsage(),
        highCpuUsage(),
        diskSpaceLow(),
        platformDegraded(),
        platformReadOnly(),
        outboxStuck(),
        journalFilling(),
        runsNeedHuman(),
        leaseLost());
  }

  private static AlertRule databaseConnectionFailure() {
    return new AlertRule(
        "DatabaseConnectionFailure",
        Area.DATABASE,
        Severity.CRITICAL,
        "holdfast_capability_up{capability=\"pg_write\"} == 0",
        minutes(1),
        "PostgreSQL takes no commits",
        new Trial(
            Map.of("holdfast_capability_up{capability=\"pg_write\"}", "0x200"),
            Map.of(
                "holdfast_capability_up{capability=\"pg_write\"}",
                "1x200",
                "holdfast_capability_up{capability=\"kafka_out\"}",
                "0x200"),
            Map.of("capability", "pg_write")));
  }

  private static AlertRule highDatabaseErrorRate() {
    return new AlertRule(
        "HighDatabaseErrorRate",
        Area.DATABASE,
        Severity.ERROR,
        "sum(rate(holdfast_database_errors_total[5m])) > 1",
        minutes(5),
        "more than one failure of the database a second",
        new Trial(
            Map.of("holdfast_database_errors_total{error_type=\"connection_lost\"}", "0+33x200"),
            Map.of("holdfast_database_errors_total{error_type=\"connection_lost\"}", "0+30x200"),
            Map.of()));
  }

  private static AlertRule slowDatabaseQueries() {
    return new AlertRule(
        "SlowDatabaseQueries",
        Area.DATABASE,
        Severity.WARNING,
        "histogram_quantile(0.95, sum by (le, operation) "
            + "(rate(holdfast_database_operation_duration_seconds_bucket[5m]))) >= 5",
        minutes(5),
        "one in twenty statements of the kind {{ $labels.operation }} takes more " + "than 5 s",
        new Trial(
            Map.of(
                "holdfast_database_operation_duration_seconds_bucket{operation=\"insert\",le=\"1\"}",
                "0x200",
                "holdfast_database_operation_duration_seconds_bucket{operation=\"insert\",le=\"5\"}",
                "0x200",
                "holdfast_database_operation_duration_seconds_bucket{operation=\"insert\",le=\"+Inf\"}",
                "0+30x200"),
            Map.of(
                "holdfast_database_operation_duration_seconds_bucket{operation=\"insert\",le=\"1\"}",
                "0x200",
                "holdfast_database_operation_duration_seconds_bucket{operation=\"insert\",le=\"5\"}",
                "0+30x200",
                "holdfast_database_operation_duration_seconds_bucket{operation=\"insert\",le=\"+Inf\"}",
                "0+30x200"),
            Map.of("operation", "insert")));
  }

  private static AlertRule kafkaDown() {
    return new AlertRule(
        "KafkaDown",
        Area.INFRASTRUCTURE,
        Severity.ERROR,
        "holdfast_capability_up{capability=~\"kafka_out|kafka_in\"} == 0",
        minutes(2),
        "Kafka is away: {{ $labels.capability }}",
        new Trial(
            Map.of("holdfast_capability_up{capability=\"kafka_out\"}", "0x200"),
            Map.of("holdfast_capability_up{capability=\"kafka_out\"}", "1x200"),
            Map.of("capability", "kafka_out")));
  }

  private static AlertRule highMemoryUsage() {
    return new AlertRule(
        "HighMemoryUsage",
        Area.INFRASTRUCTURE,
        Severity.WARNING,
        "sum(jvm_memory_used_bytes{area=\"heap\"}) / "
            + "sum(jvm_memory_max_bytes{area=\"heap\"} > 0) > 0.9",
        minutes(5),
        "more than 90 % of the heap is used",
        new Trial(
            Map.of(
                "jvm_memory_used_bytes{area=\"heap\",id=\"old\"}",
                "910x200",
                "jvm_memory_max_bytes{area=\"heap\",id=\"old\"}",
                "1000x200",
                "jvm_memory_max_bytes{area=\"heap\",id=\"eden\"}",
                "-1x200"),
            Map.of(
                "jvm_memory_used_bytes{area=\"heap\",id=\"old\"}",
                "890x200",
                "jvm_memory_max_bytes{area=\"heap\",id=\"old\"}",
                "1000x200",
                "jvm_memory_max_bytes{area=\"heap\",id=\"eden\"}",
                "-1x200"),
            Map.of()));
  }

  private static AlertRule highCpuUsage() {
    return new AlertRule(
        "HighCPUUsage",
        Area.INFRASTRUCTURE,
        Severity.WARNING,
        "system_cpu_usage > 0.8",
        minutes(10),
        "the processors of {{ $labels.instance }} are more than 80 % busy",
        new Trial(
            Map.of("system_cpu_usage{instance=\"127.0.0.1:9091\"}", "0.9x200"),
            Map.of("system_cpu_usage{instance=\"127.0.0.1:9091\"}", "0.8x200"),
            Map.of("instance", "127.0.0.1:9091")));
  }

  private static AlertRule diskSpaceLow() {
    return new AlertRule(
        "DiskSpaceLow",
        Area.INFRASTRUCTURE,
        Severity.CRITICAL,
        "holdfast_disk_free_bytes / holdfast_disk_size_bytes < 0.1",
        minutes(5),
        "less than 10 % is free where the data folder is",
        new Trial(
            Map.of("holdfast_disk_free_bytes", "9x200", "holdfast_disk_size_bytes", "100x200"),
            Map.of("holdfast_disk_free_bytes", "10x200", "holdfast_disk_size_bytes", "100x200"),
            Map.of()));
  }

  private static AlertRule platformDegraded() {
    return new AlertRule(
        "PlatformDegraded",
        Area.PLATFORM,
        Severity.WARNING,
        "holdfast_platform_level >= 1",
        minutes(5),
        "the platform has not been at level 0 for five minutes",
        new Trial(
            Map.of("holdfast_platform_level", "1x200"),
            Map.of("holdfast_platform_level", "0x200"),
            Map.of()));
  }

  private static AlertRule platformReadOnly() {
    return new AlertRule(
        "PlatformReadOnly",
        Area.PLATFORM,
        Severity.CRITICAL,
        "holdfast_platform_level >= 3",
        minutes(1),
        "the platform takes no writes",
        new Trial(
            Map.of("holdfast_platform_level", "3x200"),
            Map.of("holdfast_platform_level", "2x200"),
            Map.of()));
  }

  private static AlertRule outboxStuck() {
    return new AlertRule(
        "OutboxStuck",
        Area.PLATFORM,
        Severity.ERROR,
        "holdfast_outbox_oldest_seconds > 60 and on () "
            + "holdfast_capability_up{capability=\"kafka_out\"} == 1",
        minutes(2),
        "events wait for more than a minute although the broker answers",
        new Trial(
            Map.of(
                "holdfast_outbox_oldest_seconds",
                "61x200",
                "holdfast_capability_up{capability=\"kafka_out\"}",
                "1x200"),
            Map.of(
                "holdfast_outbox_oldest_seconds",
                "61x200",
                "holdfast_capability_up{capability=\"kafka_out\"}",
                "0x200"),
            Map.of()));
  }

  private static AlertRule journalFilling() {
    return new AlertRule(
        "JournalFilling",
        Area.PLATFORM,
        Severity.WARNING,
        "holdfast_journal_waiting_intents > 5000",
        minutes(1),
        "half of the journal is taken",
        new Trial(
            Map.of("holdfast_journal_waiting_intents", "5001x200"),
            Map.of("holdfast_journal_waiting_intents", "5000x200"),
            Map.of()));
  }

  private static AlertRule runsNeedHuman() {
    return new AlertRule(
        "RunsNeedHuman",
        Area.PLATFORM,
        Severity.WARNING,
        "sum by (workflow) " + "(increase(holdfast_runs_total{stage=\"needs_human\"}[15m])) > 0",
        minutes(0),
        "runs of {{ $labels.workflow }} wait for a person",
        new Trial(
            Map.of(
                "holdfast_runs_total{workflow=\"order-to-delivery\",stage=\"needs_human\"}",
                "0+1x200"),
            Map.of(
                "holdfast_runs_total{workflow=\"order-to-delivery\",stage=\"needs_human\"}",
                "5x200"),
            Map.of("workflow", "order-to-delivery")));
  }

  private static AlertRule leaseLost() {
    return new AlertRule(
        "LeaseLost",
        Area.PLATFORM,
        Severity.CRITICAL,
        "holdfast_lease_held == 0",
        minutes(1),
        "the lease of {{ $labels.instance }} is gone",
        new Trial(
            Map.of("holdfast_lease_held{instance=\"127.0.0.1:9091\"}", "0x200"),
            Map.of("holdfast_lease_held{instance=\"127.0.0.1:9091\"}", "1x200"),
            Map.of("instance", "127.0.0.1:9091")));
  }

  /** Only where there is a Redis. */
  static AlertRule redisDown() {
    return new AlertRule(
        "RedisDown",
        Area.INFRASTRUCTURE,
        Severity.WARNING,
        "up{job=\"redis\"} == 0",
        minutes(1),
        "Redis does not answer its exporter",
        new Trial(
            Map.of("up{job=\"redis\",instance=\"r:9121\"}", "0x200"),
            Map.of("up{job=\"redis\",instance=\"r:9121\"}", "1x200"),
            Map.of("job", "redis", "instance", "r:9121")));
  }
}
