package dev.holdfast.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

class WorkTest {
  private final Work outer = Work.of("order", Span.NONE, "a");
  private final Work inner = Work.of("payment", Span.NONE, "b");

  @Test
  void a_thread_is_busy_with_the_innermost_piece_and_with_nothing_behind_it() {
    assertSame(Work.NOTHING, Work.current());
    Work seen =
        outer.call(
            () -> {
              inner.run(() -> assertSame(inner, Work.current()));
              return Work.current();
            });
    assertSame(outer, seen);
    assertSame(Work.NOTHING, Work.current());
  }

  @Test
  void a_piece_that_throws_is_over_as_well() {
    assertThrows(
        IllegalStateException.class,
        () ->
            outer.run(
                () -> {
                  throw new IllegalStateException("planted");
                }));
    assertEquals(Work.NOTHING, Work.current());
  }
}
