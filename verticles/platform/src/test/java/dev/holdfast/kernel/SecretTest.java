package dev.holdfast.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import org.junit.jupiter.api.Test;

class SecretTest {
  private record Settings(String host, Secret password) {}

  @Test
  void a_record_that_holds_a_secret_does_not_print_it() {
    String printed = new Settings("db", Secret.of("hunter2")).toString();
    assertFalse(printed.contains("hunter2"), printed);
  }

  @Test
  void secrets_are_equal_when_they_are_the_same() {
    assertEquals(Secret.of("a"), Secret.of("a"));
    assertNotEquals(Secret.of("a"), Secret.of("b"));
  }
}
