package dev.holdfast.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class KeyedWorkTest {
  private final KeyedWork<String> work = new KeyedWork<>(2);
  private final List<String> begun = new ArrayList<>();
  private final List<Promise<Void>> promises = new ArrayList<>();

  @Test
  void work_of_one_key_waits_for_the_work_before_it() {
    add("a", "a1");
    add("a", "a2");
    assertEquals(List.of("a1"), begun);
    promises.getFirst().complete();
    assertEquals(List.of("a1", "a2"), begun);
  }

  @Test
  void no_more_keys_than_allowed_are_worked_on() {
    add("a", "a1");
    add("b", "b1");
    add("c", "c1");
    assertEquals(List.of("a1", "b1"), begun);
    promises.get(1).complete();
    assertEquals(List.of("a1", "b1", "c1"), begun);
    assertEquals(2, work.running());
  }

  @Test
  void a_busy_key_does_not_hold_up_those_behind_it() {
    add("a", "a1");
    add("a", "a2");
    add("b", "b1");
    add("c", "c1");
    promises.getFirst().complete();
    assertEquals(List.of("a1", "b1", "c1"), begun);
  }

  @Test
  void failed_work_lets_the_next_begin() {
    add("a", "a1");
    add("a", "a2");
    promises.getFirst().fail("broken");
    assertEquals(List.of("a1", "a2"), begun);
  }

  @Test
  void a_hundred_thousand_that_are_done_at_once_need_no_stack() {
    List<Integer> done = new ArrayList<>();
    Promise<Void> gate = Promise.promise();
    work.add("a", gate::future);
    for (int i = 0; i < 100_000; i++) {
      int number = i;
      work.add(
          "a",
          () -> {
            done.add(number);
            return Future.succeededFuture();
          });
    }
    gate.complete();
    assertEquals(100_000, done.size());
    assertEquals(99_999, done.getLast());
    assertEquals(0, work.running());
  }

  private void add(String key, String name) {
    work.add(
        key,
        () -> {
          begun.add(name);
          Promise<Void> promise = Promise.promise();
          promises.add(promise);
          return promise.future();
        });
  }
}
