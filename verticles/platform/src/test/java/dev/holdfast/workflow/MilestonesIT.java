package dev.holdfast.workflow;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.testing.MigratedDatabase;
import dev.holdfast.testing.PlatformNode;
import dev.holdfast.testing.PlatformSchema;
import dev.holdfast.testing.PostgresExtension;
import dev.holdfast.testing.TestDatabase;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Several requests that wait for the answer of one run. */
class MilestonesIT {
  @RegisterExtension static final PostgresExtension POSTGRES = new PostgresExtension();

  private static final Clock CLOCK = Clock.system();
  private static final UUID RUN = DerivedId.of("test", "awaited run");
  private static final Milestone ANSWER = new Milestone(201, "{}");
  private static final Duration SHORT = Duration.ofMillis(100);
  private static final Duration LONG = Duration.ofSeconds(10);

  private PlatformNode node;
  private Milestones milestones;

  @BeforeEach
  void start() throws Exception {
    TestDatabase inside = POSTGRES.database();
    PlatformSchema.recreate(inside);
    node = new PlatformNode(MigratedDatabase.superuser(inside));
    milestones = new Milestones(node.running("node", () -> 1));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(20, TimeUnit.SECONDS);
  }

  private Future<Optional<Milestone>> waiting(Duration time) {
    return milestones.await(RUN, false, Deadline.in(time, CLOCK));
  }

  @Test
  void all_who_wait_are_told_the_same() throws Exception {
    Future<Optional<Milestone>> one = waiting(LONG);
    Future<Optional<Milestone>> other = waiting(LONG);
    milestones.reached(RUN, ANSWER);
    assertEquals(Optional.of(ANSWER), await(one));
    assertEquals(Optional.of(ANSWER), await(other));
  }

  /** Its row may be written later. */
  @Test
  void who_comes_after_the_answer_is_told_at_once() throws Exception {
    milestones.reached(RUN, ANSWER);
    assertEquals(Optional.of(ANSWER), await(waiting(SHORT)));
  }

  @Test
  void who_gives_up_takes_the_answer_from_nobody_else() throws Exception {
    Future<Optional<Milestone>> patient = waiting(LONG);
    assertEquals(Optional.empty(), await(waiting(SHORT)));
    milestones.reached(RUN, ANSWER);
    assertEquals(Optional.of(ANSWER), await(patient));
  }

  @Test
  void who_comes_after_all_gave_up_is_told_as_well() throws Exception {
    assertEquals(Optional.empty(), await(waiting(SHORT)));
    Future<Optional<Milestone>> late = waiting(LONG);
    milestones.reached(RUN, ANSWER);
    assertEquals(Optional.of(ANSWER), await(late));
  }
}
