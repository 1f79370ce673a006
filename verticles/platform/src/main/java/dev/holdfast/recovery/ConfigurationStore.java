package dev.holdfast.recovery;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.Timestamps;
import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The table of one node's configurations. */
public final class ConfigurationStore {
  private static final Duration WITHIN = Duration.ofSeconds(2);

  private static final String WRITE =
      """
      INSERT INTO holdfast.agent_configuration (
        node, agent, version, settings, origin, made_at, proven_at, failed_at)
      VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
      ON CONFLICT (node, agent, version) DO UPDATE SET
        proven_at = EXCLUDED.proven_at, failed_at = EXCLUDED.failed_at
      """;

  private static final String READ =
      """
      SELECT agent, version, settings, origin, made_at, proven_at, failed_at
      FROM holdfast.agent_configuration
      WHERE node = $1
      ORDER BY agent, version
      """;

  private final Database database;
  private final Clock clock;
  private final String node;

  public ConfigurationStore(Database database, Clock clock, String node) {
    this.database = database;
    this.clock = clock;
    this.node = node;
  }

  /** Stores a version, or what became of it. */
  Future<Void> write(String agent, Configuration version) {
    Tuple row =
        Tuple.of(node, agent, version.version(), new JsonObject(new TreeMap<>(version.values())))
            .addString(version.origin())
            .addOffsetDateTime(Timestamps.utc(version.madeAt()))
            .addOffsetDateTime(version.provenAt().map(Timestamps::utc).orElse(null))
            .addOffsetDateTime(version.failedAt().map(Timestamps::utc).orElse(null));
    return database.query(Deadline.in(WITHIN, clock), WRITE, row).mapEmpty();
  }

  /** The versions that this node has made, by agent, the oldest first. */
  Future<Map<String, List<Configuration>>> read() {
    return database
        .query(Deadline.in(WITHIN, clock), READ, Tuple.of(node))
        .map(
            rows -> {
              Map<String, List<Configuration>> found = new HashMap<>();
              for (Row row : rows) {
                found
                    .computeIfAbsent(row.getString("agent"), agent -> new ArrayList<>())
                    .add(version(row));
              }
              return found;
            });
  }

  private static Configuration version(Row row) {
    Map<String, Integer> values = new TreeMap<>();
    JsonObject settings = row.getJsonObject("settings");
    settings.fieldNames().forEach(name -> values.put(name, settings.getInteger(name)));
    return new Configuration(
        row.getInteger("version"),
        values,
        row.getString("origin"),
        row.getOffsetDateTime("made_at").toInstant(),
        Optional.ofNullable(row.getOffsetDateTime("proven_at")).map(OffsetDateTime::toInstant),
        Optional.ofNullable(row.getOffsetDateTime("failed_at")).map(OffsetDateTime::toInstant));
  }
}
