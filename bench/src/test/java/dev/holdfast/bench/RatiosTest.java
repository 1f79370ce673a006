package dev.holdfast.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class RatiosTest {
  @Test
  void the_middle_of_the_blocks_counts() {
    assertEquals(new Ratios(2, 1, 9), Ratios.of(List.of(9.0, 1.0, 2.0)));
    assertEquals(new Ratios(3, 1, 9), Ratios.of(List.of(9.0, 1.0, 2.0, 4.0)));
    assertEquals(new Ratios(5, 5, 5), Ratios.of(List.of(5.0)));
  }
}
