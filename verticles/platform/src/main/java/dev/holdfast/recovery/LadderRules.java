package dev.holdfast.recovery;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Which rung answers a fall. */
final class LadderRules {
  private LadderRules() {}

  /**
   * The highest rung that is reached and not refused.
   *
   * @param falls of the group within the window, this one included; 1 or more
   * @param seen the same in words
   * @param guards why a rung can't be taken now; empty when it can. A restart always can
   */
  static Choice choose(
      int falls, String seen, RecoveryPolicy policy, Function<RungName, Optional<String>> guards) {
    List<String> refused = new ArrayList<>();
    RungName taken = null;
    for (RungName rung : climbingDown()) {
      RungPolicy its = policy.of(rung);
      if (its.fromFalls() == 0) {
        refused.add(rung.label() + ": switched off");
      } else if (!its.isReachedAt(falls)) {
        refused.add(rung.label() + ": from fall " + its.fromFalls() + " on");
      } else if (taken != null) {
        refused.add(rung.label() + ": " + taken.label() + " goes further");
      } else {
        Optional<String> refusal = rung == RungName.RESTART ? Optional.empty() : guards.apply(rung);
        refusal.ifPresent(why -> refused.add(rung.label() + ": " + why));
        taken = refusal.isPresent() ? null : rung;
      }
    }
    return new Choice(taken, taken.label() + ": " + seen, refused);
  }

  private static List<RungName> climbingDown() {
    List<RungName> names = new ArrayList<>(List.of(RungName.values()));
    names.remove(RungName.PARK);
    return names.reversed();
  }
}
