package dev.holdfast.launcher.failure;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.commerce.inventory.InventoryProtocol.Moved;
import dev.holdfast.commerce.inventory.InventoryProtocol.OpenStock;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.deadletter.ParkedLetter.Closing;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Parked;
import dev.holdfast.launcher.PlatformExtension;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A command that breaks its agent whenever it is tried, in the midst of others. */
class PoisonIT {
  @RegisterExtension static final PlatformExtension PLATFORM = new PlatformExtension();

  private static final int BATCH = 32;
  private static final int POISON = 13;
  private static final int ROUNDS = 6;
  private static final Duration ALONE_WITHIN = Duration.ofSeconds(5);
  private static final Duration LIMIT = Duration.ofSeconds(30);

  /** The database itself fails for one code; the sequence counts, for it never rolls back. */
  private static final String TRAP =
      """
      CREATE SCHEMA trap;
      CREATE SEQUENCE trap.rounds;
      CREATE FUNCTION trap.spring() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS $$
      BEGIN
        PERFORM nextval('trap.rounds');
        RAISE EXCEPTION 'poisoned';
      END
      $$;
      GRANT USAGE ON SCHEMA trap TO holdfast_app;
      CREATE TRIGGER trap BEFORE INSERT ON inventory.movement
        FOR EACH ROW WHEN (NEW.sku = '40013') EXECUTE FUNCTION trap.spring();
      """;

  private static final String ROUNDS_SO_FAR =
      "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM trap.rounds";

  private static final String BLOCKED =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'";

  private static final String LETTERS =
      """
      SELECT count(*) AS letters, min(id) AS number
        FROM holdfast.dead_letter
       WHERE closed_at IS NULL
      """;

  private static final String STOCKED =
      """
      SELECT count(DISTINCT sku) FILTER (WHERE sku <> '40013') AS mates,
             coalesce(sum(units) FILTER (WHERE sku <> '40013'), 0)::bigint AS units,
             coalesce(sum(units) FILTER (WHERE sku = '40013'), 0)::bigint AS poisoned
        FROM inventory.movement
       WHERE sku BETWEEN '40000' AND '40031'
      """;

  private final Till till = new Till(PLATFORM, "poison");

  @Test
  void a_poison_among_32_lies_alone_in_the_dead_letters_and_is_applied_once_when_cured()
      throws Exception {
    till.stock("40099", 1);
    try (Sql person = new Sql(PLATFORM.ownBooks())) {
      person.run(TRAP);
      List<Future<Answer<Moved>>> answers = askAtOnce(person);
      long begun = System.nanoTime();
      awaitMates(answers);
      Throwable told = failure(answers.get(POISON));
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      long rounds = person.figure(ROUNDS_SO_FAR);
      System.out.printf("the poison lay alone after %d rounds, %s%n", rounds, took);
      assertInstanceOf(Parked.class, told);
      assertTrue(took.compareTo(ALONE_WITHIN) <= 0, took.toString());
      assertTrue(rounds >= 2 && rounds <= ROUNDS, rounds + " rounds");
      assertEquals(Map.of("mates", 31L, "units", 62L, "poisoned", 0L), till.books(STOCKED));
      Map<String, Long> letters = till.books(LETTERS);
      assertEquals(1, letters.get("letters"));
      assertEquals(0, PLATFORM.restarts());

      person.run("DROP TRIGGER trap ON inventory.movement");
      long number = letters.get("number");
      assertEquals(Closing.REPLAYED, replay(number).orThrow());
      assertInstanceOf(Outcome.Rejected.class, replay(number));
      assertEquals(Map.of("mates", 31L, "units", 62L, "poisoned", 2L), till.books(STOCKED));
      assertEquals(0, till.books(LETTERS).get("letters"));
      Answer<Moved> again = ask(POISON).await(LIMIT.toSeconds(), TimeUnit.SECONDS);
      assertTrue(again.replayed());
      assertEquals(2, till.books(STOCKED).get("poisoned"));
      assertEquals(0, PLATFORM.restarts());
    }
  }

  /**
   * All 32 in one batch: while a command waits for a row that somebody holds, a further connection
   * begins with a full batch alone.
   */
  private List<Future<Answer<Moved>>> askAtOnce(Sql watcher) throws Exception {
    try (Sql holder = new Sql(PLATFORM.ownBooks()).inTransaction()) {
      holder.run("SELECT 1 FROM inventory.stock WHERE sku = '40099' FOR UPDATE");
      Future<Answer<Moved>> blocked = open("40099", "blocker-again");
      await().atMost(LIMIT).until(() -> watcher.figure(BLOCKED) > 0);
      List<Future<Answer<Moved>>> answers = new ArrayList<>();
      for (int number = 0; number < BATCH; number++) {
        answers.add(ask(number));
      }
      await().atMost(LIMIT).until(() -> watcher.figure(ROUNDS_SO_FAR) > 0);
      holder.commit();
      blocked.await(LIMIT.toSeconds(), TimeUnit.SECONDS).outcome().orThrow();
      return answers;
    }
  }

  private Future<Answer<Moved>> ask(int number) {
    String sku = "400%02d".formatted(number);
    return open(sku, sku);
  }

  private Future<Answer<Moved>> open(String sku, String name) {
    OpenStock open =
        new OpenStock(Till.MERCHANT, DerivedId.of("poison", name), List.of(new Units(sku, 2)));
    return PLATFORM.bus().ask(Ask.first(till.id(name), open, till.in(LIMIT)));
  }

  private static void awaitMates(List<Future<Answer<Moved>>> answers) throws Exception {
    for (int number = 0; number < BATCH; number++) {
      if (number != POISON) {
        answers.get(number).await(LIMIT.toSeconds(), TimeUnit.SECONDS).outcome().orThrow();
      }
    }
  }

  private static Throwable failure(Future<?> future) throws Exception {
    try {
      future.toCompletionStage().toCompletableFuture().get(LIMIT.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException failed) {
      return failed.getCause();
    }
    return null;
  }

  private Outcome<Closing> replay(long number) throws Exception {
    return PLATFORM
        .letters()
        .replay(number, "ann", till.in(LIMIT))
        .await(LIMIT.toSeconds(), TimeUnit.SECONDS);
  }
}
