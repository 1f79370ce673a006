package dev.holdfast.supervision;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.supervision.LoopRules.Seen;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Event loops that are blocked: found, blamed, left. */
class LoopTest {
  private static final long MS = 1_000_000L;
  private final Stage stage = new Stage(Clock.system());
  private final Map<Thread, Duration> blocked = new ConcurrentHashMap<>();
  private final AtomicInteger hopeless = new AtomicInteger();
  private final List<CountDownLatch> blocks = new ArrayList<>();

  @AfterEach
  void close() throws Exception {
    blocks.forEach(CountDownLatch::countDown);
    stage.close();
  }

  private Stage watched() {
    stage.loops =
        new LoopListener() {
          @Override
          public void blocked(Thread loop, Duration silence) {
            blocked.put(loop, silence);
          }

          @Override
          public void hopeless() {
            hopeless.incrementAndGet();
          }
        };
    return stage;
  }

  private void block(String child) throws Exception {
    Script.Actor life = stage.script(child).lives.getLast();
    blocks.add(life.block());
    assertTrue(life.blocked.await(10, TimeUnit.SECONDS));
  }

  @Test
  void all_that_share_a_blocked_loop_answer_from_another_and_the_stack_says_who_blocks_it()
      throws Exception {
    List<String> children = List.of("a", "b", "c", "d", "e", "f", "g", "h");
    watched().play(children.stream().map(stage::alone).toArray(GroupSpec[]::new));
    for (String child : children) {
      stage.awaitWell(child, 1);
    }
    Thread loop = stage.loopOf("a", 1);
    List<String> sharing = new ArrayList<>();
    for (String child : children) {
      if (stage.loopOf(child, 1).equals(loop)) {
        sharing.add(child);
      }
    }
    assertTrue(sharing.size() > 1, sharing.toString());

    block("a");
    long from = System.nanoTime();
    for (String child : sharing) {
      stage.awaitWell(child, 2);
    }
    long millis = (System.nanoTime() - from) / MS;

    System.out.printf(
        "a blocked loop was found after %d ms, %d children answered from others after %d ms%n",
        blocked.get(loop).toMillis(), sharing.size(), millis);
    for (String child : children) {
      assertEquals(sharing.contains(child) ? 1 : 0, stage.state(child).restartCount(), child);
    }
    String signal = stage.incidents("a").getFirst().signals().getFirst();
    assertTrue(signal.contains("Script.waitFor"), signal);
    assertEquals(0, hopeless.get());
  }

  @Test
  void two_blocked_loops_of_four_are_beyond_hope() throws Exception {
    watched().play(stage.alone("a"), stage.alone("b"));
    stage.awaitWell("a", 1);
    stage.awaitWell("b", 1);

    block("a");
    block("b");

    await().until(() -> hopeless.get() > 0);
  }

  @Test
  void a_thread_that_waits_is_blocked_and_one_that_works_is_not() {
    List<StackTraceElement> stack = List.of(new StackTraceElement("a.B", "c", "B.java", 1));
    assertTrue(LoopRules.waits(Thread.State.TIMED_WAITING, stack));
    assertTrue(LoopRules.waits(Thread.State.BLOCKED, stack));
    assertFalse(LoopRules.waits(Thread.State.RUNNABLE, stack));
  }

  @Test
  void a_late_watcher_a_cold_process_and_code_that_is_no_agents_are_given_more_time() {
    assertTrue(LoopRules.isBlocked(new Seen(110 * MS, 2, true), 0, false));
    assertFalse(LoopRules.isBlocked(new Seen(110 * MS, 1, true), 0, false));
    assertFalse(LoopRules.isBlocked(new Seen(110 * MS, 2, true), 10 * MS, false));
    assertFalse(LoopRules.isBlocked(new Seen(110 * MS, 2, true), 0, true));
    assertFalse(LoopRules.isBlocked(new Seen(400 * MS, 2, false), 0, false));
    assertTrue(LoopRules.isBlocked(new Seen(510 * MS, 2, false), 0, false));
  }

  @Test
  void two_and_more_than_a_quarter_or_one_for_long_are_beyond_hope() {
    assertFalse(LoopRules.isHopeless(1, 2, 5_000 * MS));
    assertTrue(LoopRules.isHopeless(1, 2, 5_001 * MS));
    assertTrue(LoopRules.isHopeless(2, 2, MS));
    assertTrue(LoopRules.isHopeless(2, 4, MS));
    assertFalse(LoopRules.isHopeless(2, 8, MS));
    assertTrue(LoopRules.isHopeless(3, 8, MS));
  }

  @Test
  void who_lives_on_the_loop_of_a_silent_child_falls_with_it() {
    Thread one = new Thread("one");
    Thread other = new Thread("other");
    assertEquals(
        Map.of("a", "a", "b", "a", "d", "d"),
        LoopRules.falling(List.of("a", "d"), Map.of("a", one, "b", one, "c", other)));
  }
}
