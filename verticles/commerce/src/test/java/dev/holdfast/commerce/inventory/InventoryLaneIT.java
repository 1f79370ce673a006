package dev.holdfast.commerce.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bus.Answer;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.inventory.InventoryProtocol.Release;
import dev.holdfast.commerce.inventory.InventoryProtocol.Released;
import dev.holdfast.commerce.inventory.InventoryProtocol.Reserve;
import dev.holdfast.commerce.inventory.InventoryProtocol.Reserved;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.postgres.PostgresLogin;
import dev.holdfast.testing.AgentDriver;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.PlatformNode;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Inventory behind real lanes, on one node and on two. */
@ExtendWith(PostgresExtension.class)
class InventoryLaneIT {
  private static final int CODES = 60;

  private static TestDatabase rows;
  private static PlatformNode here;
  private static PlatformNode there;
  private static int merchant;

  @BeforeAll
  static void open(TestDatabase empty) {
    rows = empty;
    PostgresLogin login = MigratedDatabase.prepare(empty, "db/holdfast", "db/inventory");
    empty.execute("SELECT holdfast.make_reply_partitions(current_date - 1, 3)");
    here = node(login);
    there = node(login);
  }

  private static PlatformNode node(PostgresLogin login) {
    return PlatformNode.serving(
        "inventory", login, (host, database) -> new InventoryAgent(host, database, 10));
  }

  @AfterAll
  static void close() {
    here.close();
    there.close();
  }

  /** Each test is a merchant of its own. */
  @BeforeEach
  void anotherMerchant() {
    merchant++;
  }

  @Test
  void of_a_thousand_who_want_the_last_ten_units_on_two_nodes_ten_get_one() {
    open(1, 10);
    List<Future<Answer<Reserved>>> asked = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      PlatformNode node = i % 2 == 0 ? here : there;
      asked.add(node.ask("last-" + i, new Reserve(merchant, id(1, i), units(1, 0), null)));
    }
    AgentDriver.await(Future.join(asked));
    long done =
        asked.stream()
            .filter(one -> one.result().outcome() instanceof Outcome.Done<Reserved>)
            .count();
    assertEquals(10, done);
    assertEquals(10, sum("reserved"));
    assertEquals(10, sum("on_hand"));
  }

  @Test
  void two_nodes_with_the_same_32_commands_in_other_orders_reply_the_same_and_hold_once() {
    open(CODES, 1_000);
    long seed = System.nanoTime();
    Random random = new Random(seed);
    long held = 0;
    for (int round = 0; round < 50; round++) {
      Map<String, Reserve> commands = new HashMap<>();
      for (int i = 0; i < 32; i++) {
        int code = random.nextInt(CODES - 3);
        List<Units> lines = new ArrayList<>(units(random.nextInt(3) + 1L, code));
        lines.addAll(units(1, code + 1 + random.nextInt(2)));
        commands.put("twin-" + round + "-" + i, new Reserve(merchant, id(round, i), lines, null));
        held += lines.stream().mapToLong(Units::units).sum();
      }
      Map<String, Future<Answer<Reserved>>> first = askAll(here, commands, random);
      Map<String, Future<Answer<Reserved>>> second = askAll(there, commands, random);
      for (String name : commands.keySet()) {
        assertEquals(
            AgentDriver.await(first.get(name)).outcome(),
            AgentDriver.await(second.get(name)).outcome(),
            "seed " + seed);
      }
    }
    assertEquals(held, sum("reserved"), "seed " + seed);
    assertEquals(
        0,
        rows.number("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()"),
        "seed " + seed);
  }

  private static Map<String, Future<Answer<Reserved>>> askAll(
      PlatformNode node, Map<String, Reserve> commands, Random random) {
    List<String> names = new ArrayList<>(commands.keySet());
    Collections.shuffle(names, random);
    Map<String, Future<Answer<Reserved>>> asked = new HashMap<>();
    names.forEach(name -> asked.put(name, node.ask(name, commands.get(name))));
    return asked;
  }

  @Test
  void a_reservation_and_its_undo_on_two_nodes_at_once_hold_nothing() {
    open(1, 1_000);
    int voided = 0;
    for (int round = 0; round < 200; round++) {
      String name = "race-" + round;
      UUID reservation = id(9, round);
      Reserve reserve = new Reserve(merchant, reservation, units(3, 0), null);
      Release release = new Release(merchant, reservation, "turned back");
      boolean undoFirst = round % 2 == 0;
      Future<Answer<Released>> early = undoFirst ? there.undo(name, release) : null;
      Future<Answer<Reserved>> forward = here.ask(name, reserve);
      Future<Answer<Released>> undo = undoFirst ? early : there.undo(name, release);
      long given = AgentDriver.await(undo).outcome().orThrow().units();
      Outcome<Reserved> held = AgentDriver.await(forward).outcome();
      boolean wasVoided = held.equals(Outcome.rejected(Refusal.voided()));
      assertEquals(wasVoided ? 0 : 3, given, name);
      voided += wasVoided ? 1 : 0;
    }
    assertEquals(0, sum("reserved"));
    assertTrue(voided > 0 && voided < 200, "always the same came first: " + voided);
  }

  private static void open(int codes, long each) {
    List<Units> lines = new ArrayList<>();
    for (int code = 0; code < codes; code++) {
      lines.addAll(units(each, code));
    }
    String name = "open-" + merchant;
    AgentDriver.await(here.ask(name, new OpenStock(merchant, id(0, merchant), lines)))
        .outcome()
        .orThrow();
  }

  private static List<Units> units(long units, int code) {
    return List.of(new Units(String.valueOf(20_000 + code), units));
  }

  private static UUID id(int high, int low) {
    return new UUID(high, low);
  }

  private static long sum(String column) {
    return rows.number(
        "SELECT sum(" + column + ") FROM inventory.stock WHERE merchant_id=" + merchant);
  }
}
