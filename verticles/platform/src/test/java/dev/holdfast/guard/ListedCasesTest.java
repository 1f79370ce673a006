package dev.holdfast.guard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The sixteen cases and the five faults of the package's tables are there, each with its tag. */
class ListedCasesTest {
  private static long tagged(Class<?> tests) {
    return Arrays.stream(tests.getDeclaredMethods())
        .filter(
            method ->
                Arrays.stream(method.getAnnotationsByType(Tag.class))
                    .anyMatch(tag -> tag.value().equals("E-025")))
        .count();
  }

  @Test
  void sixteen_cases_of_a_breaker_are_tested() {
    assertEquals(16, tagged(BreakerTest.class));
  }

  @Test
  void five_faults_of_the_library_are_tested() {
    assertEquals(5, tagged(LibraryFaultsTest.class));
  }
}
