package dev.holdfast.deadletter;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  @Test
  void the_same_failure_with_another_message_has_the_same_fingerprint() {
    assertEquals(Fingerprint.of(thrownHere("Ada Lovelace")), Fingerprint.of(thrownHere("Bob")));
  }

  @Test
  void another_class_or_another_place_is_another_fingerprint() {
    Fingerprint one = Fingerprint.of(thrownHere("x"));
    assertNotEquals(one.hash(), Fingerprint.of(thrownThere()).hash());
    assertNotEquals(one.hash(), Fingerprint.of(new IllegalStateException("x")).hash());
  }

  @Test
  void no_message_gets_into_the_summary() {
    Fingerprint print =
        Fingerprint.of(new RuntimeException("Ada", new IllegalArgumentException("Lovelace")));
    assertFalse(print.summary().contains("Ada"), print.summary());
    assertFalse(print.summary().contains("Lovelace"), print.summary());
    assertTrue(print.summary().contains("IllegalArgumentException"), print.summary());
  }

  @Test
  void our_own_methods_are_named_and_not_those_of_others() {
    Fingerprint print = Fingerprint.of(thrownInsideTheJdk());
    assertTrue(print.summary().contains("FingerprintTest.thrownInsideTheJdk"), print.summary());
    assertFalse(print.summary().contains("java.util.ImmutableCollections."), print.summary());
  }

  @Test
  void a_failure_without_a_stack_has_a_fingerprint_too() {
    assertEquals(16, Fingerprint.of(new dev.holdfast.kernel.Parked("x")).hash().length());
  }

  private static RuntimeException thrownHere(String message) {
    return new IllegalArgumentException(message);
  }

  private static RuntimeException thrownThere() {
    return new IllegalArgumentException("x");
  }

  private static RuntimeException thrownInsideTheJdk() {
    try {
      return new IllegalStateException(List.of(1).get(7).toString());
    } catch (IndexOutOfBoundsException failure) {
      return failure;
    }
  }
}
