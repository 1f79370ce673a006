package dev.holdfast.launcher.watch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.degradation.AgentNeeds;
import dev.holdfast.degradation.Capability;
import dev.holdfast.degradation.Degradation;
import dev.holdfast.degradation.DegradationListener;
import dev.holdfast.degradation.Hysteresis;
import dev.holdfast.degradation.Level;
import dev.holdfast.degradation.LevelChange;
import dev.holdfast.degradation.LoadThresholds;
import dev.holdfast.degradation.LoadThresholds.Steps;
import dev.holdfast.degradation.ModeChange;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.launcher.settings.DegradationSettings.ProbeSettings;
import dev.holdfast.supervision.TreeState;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The watch over the dependencies, with probes that answer on threads of their own. */
class DependencyWatchTest implements DegradationListener {
  private static final Clock CLOCK = Clock.system();
  private static final LoadThresholds CALM =
      new LoadThresholds(
          new Steps(20, 50, 80),
          new Steps(1_000, 2_000, 3_000),
          new Steps(2_000, 8_000, 20_000),
          70,
          50);

  private final Vertx vertx = Vertx.vertx();
  private final Set<Thread> told = ConcurrentHashMap.newKeySet();
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  @Override
  public void levelChanged(LevelChange change) {
    told.add(Thread.currentThread());
  }

  @Override
  public void modeChanged(ModeChange change) {
    told.add(Thread.currentThread());
  }

  /** Works from its third question on, and answers on a thread that nobody else has. */
  private Probe slowToStart(Capability capability) {
    return new Probe() {
      @Override
      public Capability capability() {
        return capability;
      }

      @Override
      public Future<?> look(Deadline deadline) {
        Promise<String> answer = Promise.promise();
        boolean works = asked.incrementAndGet() > 2 * Capability.values().length;
        Thread.ofVirtual()
            .start(
                () -> {
                  if (works) {
                    answer.complete("works");
                  } else {
                    answer.fail("not yet");
                  }
                });
        return answer.future();
      }
    };
  }

  @Test
  void what_probes_say_on_any_thread_is_told_on_one_loop_until_all_is_there() throws Exception {
    Degradation degradation =
        new Degradation(
            List.of(new AgentNeeds("order", true, EnumSet.allOf(Capability.class))),
            Hysteresis.standard(),
            CALM,
            CLOCK,
            this);
    DependencyWatch watch =
        new DependencyWatch(
            Arrays.stream(Capability.values()).map(this::slowToStart).toList(),
            new ProbeSettings(100, 90, 3, 1_500, 5, 1_000),
            () -> new TreeState(List.of(), 0, 0, 0, 0, 0, 0, 0),
            new LoadWatch(List.of(), new Meters(), Duration.ofSeconds(5), CLOCK),
            degradation,
            CLOCK);
    vertx.deployVerticle(watch).await(10, TimeUnit.SECONDS);
    watch.allThere().await(10, TimeUnit.SECONDS);
    assertEquals(Level.FULL, degradation.standing().level());
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.iterator().next().getName().contains("eventloop"), told.toString());
  }
}
