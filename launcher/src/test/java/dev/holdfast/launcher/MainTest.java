package dev.holdfast.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class MainTest {
  @Test
  void wrong_arguments_leave_with_2_and_help_with_0() {
    assertEquals(2, Main.execute());
    assertEquals(2, Main.execute("upp"));
    assertEquals(2, Main.execute("up", "--port-offset", "many"));
    assertEquals(2, Main.execute("up", "--port-offset", "50001"));
    assertEquals(0, Main.execute("--help"));
    assertEquals(0, Main.execute("up", "--help"));
  }
}
