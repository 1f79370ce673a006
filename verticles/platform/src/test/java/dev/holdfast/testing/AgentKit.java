package dev.holdfast.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.agent.Agent;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.bus.Answer;
import dev.holdfast.kernel.Command;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Parked;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.PostgresLogin;
import io.vertx.core.Future;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * What the author of an agent needs for its tests: the agent behind its real lane on a real
 * database, fresh for each test, and assertions of what every agent promises. A static field with
 * {@code @RegisterExtension}; see {@code docs/agents.md}.
 */
public final class AgentKit implements BeforeEachCallback, AfterEachCallback {
  /** Everything that an agent can have changed but its replies, which a repeat does not write. */
  private static final String TABLES =
      """
      SELECT format('%I.%I', table_schema, table_name)
        FROM information_schema.tables
       WHERE table_type = 'BASE TABLE'
         AND (table_schema NOT IN ('pg_catalog', 'information_schema', 'holdfast')
              OR (table_schema, table_name) IN
                 (('holdfast', 'outbox'), ('holdfast', 'timer'), ('holdfast', 'run')))
       ORDER BY 1
      """;

  private final String name;
  private final BiFunction<AgentHost, Database, Agent<?, ?>> agent;
  private final List<String> statements;
  private final String[] locations;
  private TestDatabase rows;
  private PostgresLogin login;
  private PlatformNode node;
  private AgentHost host;
  private String deployment;

  private AgentKit(
      String name,
      BiFunction<AgentHost, Database, Agent<?, ?>> agent,
      List<String> statements,
      String... locations) {
    this.name = name;
    this.agent = agent;
    this.statements = statements;
    this.locations = locations;
  }

  /**
   * A kit for an agent without tables.
   *
   * @param name as its protocol names it
   * @param agent makes an instance on its host
   */
  public static AgentKit of(String name, BiFunction<AgentHost, Database, Agent<?, ?>> agent) {
    return new AgentKit(name, agent, List.of());
  }

  /** The same with tables made by these statements, in the schema {@code public}. */
  public AgentKit withTables(String... made) {
    return new AgentKit(name, agent, List.of(made), locations);
  }

  /** The same with the tables that an agent ships, such as {@code db/inventory}. */
  public AgentKit withMigrations(String... shipped) {
    return new AgentKit(name, agent, statements, shipped);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    rows = TestDatabase.create(PostgresExtension.server());
    login = PlatformSchema.with(rows, statements, locations);
    node = new PlatformNode(login);
    node.connect();
    host = node.host(name);
    seat();
  }

  private void seat() {
    deployment = node.seat(agent.apply(host, node.database()));
  }

  @Override
  public void afterEach(ExtensionContext context) {
    node.close();
    rows.close();
  }

  /** The node, for asking without waiting. */
  public PlatformNode node() {
    return node;
  }

  /** The database, as a person at its console sees it. */
  public TestDatabase rows() {
    return rows;
  }

  /** The reply of a command that is not refused; the name stands for its id. */
  public <R> R done(String id, Command<R> command) {
    return AgentDriver.await(node.ask(id, command)).outcome().orThrow();
  }

  /** The code under which a command is refused. */
  public String refused(String id, Command<?> command) {
    return code(AgentDriver.await(node.ask(id, command)).outcome());
  }

  private static String code(Outcome<?> outcome) {
    return switch (outcome) {
      case Outcome.Rejected<?> rejected -> rejected.why().code();
      case Outcome.Done<?> done -> throw new AssertionError("not refused: " + done.reply());
    };
  }

  /** Takes the agent away and seats a new instance on its host. */
  public void restart() {
    node.unseat(deployment);
    seat();
  }

  /**
   * Asks a command, then again: of this life, of the agent's next one, and of another node. All get
   * the first outcome, and no row changes after the first.
   *
   * @return the outcome
   */
  public <R> Outcome<R> assertOneEffect(String id, Command<R> command) {
    Answer<R> first = AgentDriver.await(node.ask(id, command));
    assertTrue(!first.replayed(), "the id was used before: " + id);
    Map<String, String> before = contents();
    assertRepeated(first, node.ask(id, command));
    restart();
    assertRepeated(first, node.ask(id, command));
    try (PlatformNode other = PlatformNode.serving(name, login, agent)) {
      assertRepeated(first, other.ask(id, command));
    }
    assertEquals(before, contents(), "asked again, it changed rows");
    return first.outcome();
  }

  private static <R> void assertRepeated(Answer<R> first, Future<Answer<R>> asked) {
    Answer<R> again = AgentDriver.await(asked);
    assertTrue(again.replayed(), "done again");
    assertEquals(first.outcome(), again.outcome());
  }

  /**
   * Asks a command and its undo, both ways round. Undone, the agent's own rows are as before in the
   * columns that the caller compares; undone before it came, the command finds itself voided.
   *
   * @param figure one number that the command changes and the undo restores, as SQL
   */
  public <R> void assertUndone(String figure, Command<R> command, Command<?> undo) {
    long before = rows.number(figure);
    done("undone", command);
    assertTrue(before != rows.number(figure), "the command changes nothing of " + figure);
    AgentDriver.await(node.undo("undone", undo)).outcome().orThrow();
    assertEquals(before, rows.number(figure), "after the undo");
    AgentDriver.await(node.undo("early", undo)).outcome().orThrow();
    assertEquals(Refusal.VOIDED, refused("early", command));
    assertEquals(before, rows.number(figure), "after an undo that came first");
  }

  /**
   * Asks a command that breaks the agent together with one that does not, which shares a batch with
   * it when the lane likes: the first lies alone among the dead letters, the second is done.
   *
   * @param mate under another parking key
   */
  public void assertParkedAlone(Command<?> poison, Command<?> mate) {
    Future<?> parked = node.ask("poison", poison);
    Future<? extends Answer<?>> well = node.ask("mate", mate);
    assertThrows(Parked.class, () -> AgentDriver.await(parked));
    AgentDriver.await(well).outcome().orThrow();
    assertEquals(1, rows.number("SELECT count(*) FROM holdfast.dead_letter"));
  }

  /** A digest of each table. */
  private Map<String, String> contents() {
    Map<String, String> digests = new TreeMap<>();
    try (Connection connection = rows.connect();
        Statement list = connection.createStatement();
        ResultSet tables = list.executeQuery(TABLES)) {
      while (tables.next()) {
        digests.put(tables.getString(1), digest(connection, tables.getString(1)));
      }
    } catch (SQLException failure) {
      throw new IllegalStateException("the tables could not be read", failure);
    }
    return digests;
  }

  private static String digest(Connection connection, String table) throws SQLException {
    try (Statement read = connection.createStatement();
        ResultSet digest =
            read.executeQuery(
                "SELECT count(*) || ' rows ' || coalesce(md5(string_agg(t::text, E'\\n' ORDER BY"
                    + " t::text)), '') FROM "
                    + table
                    + " AS t")) {
      digest.next();
      return digest.getString(1);
    }
  }
}
