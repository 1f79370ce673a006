package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.testing.FaultProxy;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class NodeLeaseIT {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final LeaseTimes QUICK =
      new LeaseTimes(
          Duration.ofMillis(900),
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofMillis(500));
  private static final LeaseTimes LONG =
      new LeaseTimes(
          Duration.ofMinutes(1),
          Duration.ofMillis(100),
          Duration.ofMillis(50),
          Duration.ofSeconds(5));

  private static PostgresLogin login;
  private Vertx vertx;
  private FaultProxy proxy;
  private Database database;
  private Database throughProxy;

  @BeforeAll
  static void migrate() {
    login = MigratedDatabase.prepare(POSTGRES.database(), "db/holdfast");
  }

  @BeforeEach
  void open() {
    inside().execute("DELETE FROM holdfast.node");
    vertx = Vertx.vertx();
    proxy = FaultProxy.to(login.host(), login.port());
    database = database(login.port());
    throughProxy = database(proxy.port());
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(5, TimeUnit.SECONDS);
    proxy.close();
  }

  private Database database(int port) {
    PostgresLogin way =
        new PostgresLogin(login.host(), port, login.database(), login.user(), login.password());
    return Database.open(
        vertx,
        PostgresSettings.of("lease", way)
            .withPool(2, 10)
            .withConnectionTimeout(Duration.ofSeconds(5)),
        Clock.system());
  }

  private static TestDatabase inside() {
    return POSTGRES.database();
  }

  @Test
  void a_lease_is_held_and_renewed_on_the_databases_clock() throws Exception {
    NodeLease lease = take(database, LONG, "node-a");
    assertTrue(lease.held());
    String until = "SELECT (extract(epoch FROM lease_until) * 1000)::bigint FROM holdfast.node";
    long first = inside().number(until);
    Awaitility.await().until(() -> inside().number(until) > first + 200);
    assertEquals("node-a", lease.nodeId());
    assertEquals(lease.fence(), inside().number("SELECT fence FROM holdfast.node"));
    assertFalse(lease.lost().isComplete());
  }

  @Test
  void a_node_that_starts_again_takes_its_own_lease_at_once_and_the_former_life_learns_it()
      throws Exception {
    NodeLease former = take(database, LONG, "node-a");
    NodeLease next = take(database, LONG, "node-a");
    assertTrue(next.fence() > former.fence());
    former.lost().await(5, TimeUnit.SECONDS);
    assertFalse(former.held());
    assertTrue(next.held());
    assertFalse(next.lost().isComplete());
  }

  @Test
  void a_foreign_lease_that_ran_out_is_seen_and_fenced_off_once() throws Exception {
    NodeLease gone = take(throughProxy, QUICK, "node-gone");
    NodeLease other = take(database, LONG, "node-other");
    NodeLease here = take(database, LONG, "node-here");
    proxy.silence();
    List<ExpiredNode> seen =
        Awaitility.await()
            .until(() -> here.expiredNodes().await(5, TimeUnit.SECONDS), n -> !n.isEmpty());
    assertEquals(List.of(new ExpiredNode("node-gone", gone.fence())), seen);
    assertFalse(gone.held(), "it knows by its own clock");
    List<Boolean> won =
        Future.join(here.fenceOff(seen.get(0)), other.fenceOff(seen.get(0)))
            .await(5, TimeUnit.SECONDS)
            .list();
    assertNotEquals(won.get(0), won.get(1), "one of the two did it");
    assertFalse(gone.lost().isComplete());
    proxy.pass();
    gone.lost().await(10, TimeUnit.SECONDS);
  }

  @Test
  void an_outage_that_nobody_used_costs_the_node_nothing() throws Exception {
    NodeLease lease = take(throughProxy, QUICK, "node-a");
    proxy.refuse();
    Awaitility.await().until(() -> !lease.held());
    proxy.pass();
    Awaitility.await().until(lease::held);
    assertFalse(lease.lost().isComplete());
  }

  @Test
  void a_released_lease_is_free_at_once() throws Exception {
    NodeLease leaving = take(database, LONG, "node-leaving");
    NodeLease staying = take(database, LONG, "node-staying");
    leaving.release().await(5, TimeUnit.SECONDS);
    assertFalse(leaving.held());
    assertEquals(
        List.of(new ExpiredNode("node-leaving", leaving.fence())),
        staying.expiredNodes().await(5, TimeUnit.SECONDS));
  }

  @Test
  void a_data_folder_keeps_its_node_id(@TempDir Path one, @TempDir Path two) throws Exception {
    String id = NodeIdentity.of(one, Clock.system());
    assertEquals(id, NodeIdentity.of(one, Clock.system()));
    assertNotEquals(id, NodeIdentity.of(two, Clock.system()));
    Files.writeString(two.resolve("node-id"), "no id!");
    Exception refused =
        assertThrows(IllegalStateException.class, () -> NodeIdentity.of(two, Clock.system()));
    assertTrue(refused.getMessage().contains("node-id"));
  }

  @Test
  void a_database_that_only_reads_is_told_from_one_that_writes() throws Exception {
    NodeLease lease = take(database, LONG, "node-a");
    PostgresSettings only =
        PostgresSettings.of("only", login).withSession("default_transaction_read_only", "on");
    Database readOnly = Database.open(vertx, only, Clock.system());
    Deadline deadline = Deadline.in(Duration.ofSeconds(5), Clock.system());

    lease.tryWriting(database, deadline).await(5, TimeUnit.SECONDS);
    lease.tryReading(readOnly, deadline).await(5, TimeUnit.SECONDS);
    assertThrows(
        Unavailable.class, () -> lease.tryWriting(readOnly, deadline).await(5, TimeUnit.SECONDS));
  }

  @Test
  void an_older_database_is_noticed_by_whoever_has_seen_more_of_it(@TempDir Path folder)
      throws Exception {
    NodeLease first = take(database, LONG, "node-a");
    SeenDatabase seen = new SeenDatabase(folder, first);
    assertEquals(Optional.empty(), seen.objection(), "nothing was seen of it yet");
    inside().execute("CREATE TABLE public.backup AS SELECT * FROM holdfast.node");
    long then = first.renewals();
    Awaitility.await().until(() -> first.renewals() > then + 2);
    String deployed = vertx.deployVerticle(seen).await(5, TimeUnit.SECONDS);
    vertx.undeploy(deployed).await(5, TimeUnit.SECONDS);
    assertEquals(Optional.empty(), objection(folder), "the same database");

    inside().execute("DELETE FROM holdfast.node");
    inside().execute("INSERT INTO holdfast.node SELECT * FROM public.backup");
    String why = objection(folder).orElseThrow();
    Path file = folder.resolve("database-seen");
    assertTrue(why.contains("older") && why.contains(file.toString()), why);
    inside().execute("DELETE FROM holdfast.node");
    assertTrue(objection(folder).isPresent(), "an empty database knows less as well");

    Files.delete(file);
    assertEquals(Optional.empty(), objection(folder), "somebody decided to go on");
  }

  /** Of the node's next life. */
  private Optional<String> objection(Path folder) throws Exception {
    NodeLease next = take(database, LONG, "node-a");
    Optional<String> why = new SeenDatabase(folder, next).objection();
    next.release().await(5, TimeUnit.SECONDS);
    return why;
  }

  private NodeLease take(Database from, LeaseTimes times, String nodeId) throws Exception {
    return NodeLease.take(vertx, from, Clock.system(), times, nodeId).await(5, TimeUnit.SECONDS);
  }
}
