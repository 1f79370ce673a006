package dev.holdfast.launcher.drill;

import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.days.Progress;
import dev.holdfast.launcher.drill.Evidence.Letter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who looks after dead letters: replays what is there once nothing breaks it any more. */
final class Operator {
  /** The fault by which commands come there. */
  static final String POISON = "poison";

  private final Console console;
  private final Clock clock;
  private final Progress progress;
  private final Map<Long, Letter> letters = new ConcurrentHashMap<>();

  Operator(Console console, Clock clock, Progress progress) {
    this.console = console;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Looks which are open, and replays them; one that can't be replayed yet is tried the next time.
   *
   * @param broken the faults that have not ended; while commands are poisoned nothing is replayed
   */
  void look(Iterable<String> broken) {
    boolean isPoisoned = false;
    for (String fault : broken) {
      isPoisoned |= fault.startsWith(POISON);
    }
    for (long letter : open()) {
      letters.putIfAbsent(letter, new Letter(letter, clock.now(), null));
      if (!isPoisoned) {
        replay(letter);
      }
    }
  }

  private List<Long> open() {
    try {
      return console.letters();
    } catch (RuntimeException away) {
      return List.of();
    }
  }

  private void replay(long number) {
    try {
      console.replay(number);
      letters.computeIfPresent(
          number, (same, letter) -> new Letter(number, letter.seen(), clock.now()));
    } catch (RuntimeException notYet) {
      progress.tell("dead letter " + number + " was not replayed: " + notYet.getMessage());
    }
  }

  /** Those that were there, and what became of them. */
  List<Letter> letters() {
    return List.copyOf(letters.values());
  }
}
