package dev.holdfast.launcher.drill;

import dev.holdfast.launcher.drill.Evidence.Letter;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Who looks after dead letters: replays what is there once nothing breaks it any more. */
final class Operator {
  /** The fault by which commands come there. */
  static final String POISON = "poison";

  private final Console console;
  private final Map<Long, Boolean> letters = new ConcurrentHashMap<>();

  Operator(Console console) {
    this.console = console;
  }

  /** Replays those that are open now; one that can't be replayed yet is tried the next time. */
  void look() {
    for (long letter : open()) {
      letters.putIfAbsent(letter, false);
      if (isReplayed(letter)) {
        letters.put(letter, true);
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

  private boolean isReplayed(long letter) {
    try {
      console.replay(letter);
      return true;
    } catch (RuntimeException notYet) {
      return false;
    }
  }

  /** Those that were there, and what became of them. */
  List<Letter> letters() {
    return letters.entrySet().stream()
        .map(letter -> new Letter(letter.getKey(), letter.getValue()))
        .toList();
  }
}
