package dev.holdfast.commerce.partners;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FaultRulesTest {
  private static final SimulatorSettings SETTINGS =
      SimulatorSettings.calm(11).with(Fault.DECLINE, 0.1).with(Fault.SLOW, 0.2);

  private static List<Optional<Fault>> faults(SimulatorSettings settings) {
    return IntStream.range(0, 10_000)
        .mapToObj(i -> FaultRules.ofAuthorisation(settings, "key-" + i, "tok_ok"))
        .toList();
  }

  @Test
  void the_same_seed_and_keys_meet_the_same_faults_and_another_seed_others() {
    assertEquals(faults(SETTINGS), faults(SETTINGS));
    SimulatorSettings other =
        SimulatorSettings.calm(12).with(Fault.DECLINE, 0.1).with(Fault.SLOW, 0.2);
    assertNotEquals(faults(SETTINGS), faults(other));
  }

  @Test
  void faults_come_at_their_rates() {
    long declined = faults(SETTINGS).stream().filter(Optional.of(Fault.DECLINE)::equals).count();
    long slow = faults(SETTINGS).stream().filter(Optional.of(Fault.SLOW)::equals).count();
    assertTrue(declined > 850 && declined < 1_150, "declined " + declined);
    assertTrue(slow > 1_800 && slow < 2_200, "slow " + slow);
  }

  @Test
  void a_token_chooses_its_fault() {
    SimulatorSettings calm = SimulatorSettings.calm(1);
    assertEquals(
        Optional.of(Fault.TIMEOUT_AFTER_SUCCESS),
        FaultRules.ofAuthorisation(calm, "key", "tok_timeout"));
    assertEquals(Optional.empty(), FaultRules.ofAuthorisation(calm, "key", "tok_ok"));
  }

  @Test
  void rates_over_one_are_refused() {
    SimulatorSettings half = SimulatorSettings.calm(1).with(Fault.SLOW, 0.6);
    assertThrows(IllegalArgumentException.class, () -> half.with(Fault.DECLINE, 0.5));
    assertThrows(IllegalArgumentException.class, () -> half.with(Fault.SLOW, -0.1));
  }
}
