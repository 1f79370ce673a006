package dev.holdfast.deadletter;

import dev.holdfast.kernel.Refusal;

/** Why something can't be done about a letter now. */
final class LetterRefusals {
  private LetterRefusals() {}

  static Refusal unknown(long number) {
    return Refusal.notFound("unknown_dead_letter", "There is no dead letter " + number);
  }

  static Refusal closed(long number) {
    return Refusal.conflict(
        "dead_letter_closed", "Dead letter " + number + " is closed, or was parked again just now");
  }

  static Refusal earlierOpen(long first) {
    return Refusal.conflict(
        "earlier_dead_letter_open",
        "Dead letter " + first + " came before it under the same key: close that one first");
  }

  static Refusal replayRuns(String agent) {
    return Refusal.conflict(
        "replay_running", "Letters of " + agent + " are being replayed: wait, or call that off");
  }

  static Refusal unknownReplay(long number) {
    return Refusal.notFound("unknown_replay", "There is no replay " + number);
  }

  static Refusal replayEnded(long number) {
    return Refusal.conflict("replay_ended", "Replay " + number + " does not run any more");
  }

  static Refusal nothingToReplay() {
    return Refusal.conflict("nothing_to_replay", "No open letter is meant by that");
  }
}
