package dev.holdfast.launcher.drill;

import dev.holdfast.launcher.days.Attempts.Attempt;
import dev.holdfast.launcher.drill.Evidence.Sample;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether the level that a platform reported was true. It is when no order was acknowledged that
 * the level can't keep, and none refused that it could: at 0 and 2 orders are confirmed, at 1
 * accepted as intents, at 3 and 4 neither. After each change it may be wrong for five seconds. An
 * intent is kept at 0 and 2 as well, where it means that an order takes too long; but most orders
 * must not be intents there while the database is broken.
 *
 * <p>What a platform can do at a moment is told by what most of the orders were answered in the
 * second around it; so one that failed for a reason of its own makes no level untrue, and a level
 * that lets most of them fail does.
 */
final class TruthRules {
  /** How long a level may be wrong after a change. */
  static final Duration BLIND = Duration.ofSeconds(5);

  /** How faults end that befall the database. */
  private static final String DATABASE = " of postgres";

  private static final Duration STEP = Duration.ofSeconds(1);
  private static final int CONFLICT = 409;
  private static final int TOO_MANY = 429;

  private TruthRules() {}

  /** What orders were answered. */
  enum Answer {
    CONFIRMED,
    INTENT,
    REFUSED
  }

  /**
   * A time in which the level was wrong.
   *
   * @param level that was said at its end
   * @param answer that most orders got then
   */
  record Untruth(Instant from, Instant to, int level, Answer answer) {
    Duration length() {
      return Duration.between(from, to);
    }
  }

  /**
   * The times in which it was wrong for so long that it was untrue.
   *
   * @param samples in their order
   * @param orders attempts at orders alone
   */
  static List<Untruth> untruths(List<Sample> samples, List<Attempt> orders) {
    return wrongs(samples, orders).stream()
        .filter(wrong -> wrong.length().compareTo(BLIND) > 0)
        .toList();
  }

  /** All times in which it was wrong, however short, in steps of a second. */
  static List<Untruth> wrongs(List<Sample> samples, List<Attempt> orders) {
    List<Untruth> wrongs = new ArrayList<>();
    if (samples.isEmpty()) {
      return wrongs;
    }
    Instant end = samples.getLast().at();
    Untruth open = null;
    for (Instant from = samples.getFirst().at(); from.isBefore(end); from = from.plus(STEP)) {
      Instant to = from.plus(STEP);
      Optional<Answer> answer = most(orders, from, to);
      List<Sample> said = said(samples, from, to);
      if (answer.isEmpty() || said.isEmpty()) {
        continue;
      }
      Answer told = answer.get();
      if (said.stream().allMatch(sample -> isWrong(sample, told))) {
        open = new Untruth(open == null ? from : open.from(), to, said.getLast().level(), told);
      } else if (open != null && said.stream().noneMatch(sample -> isWrong(sample, told))) {
        wrongs.add(open);
        open = null;
      }
    }
    if (open != null) {
      wrongs.add(open);
    }
    return wrongs;
  }

  /** An order that takes too long may be an intent at any level; one that can't be entered is. */
  private static boolean isWrong(Sample sample, Answer answer) {
    return switch (sample.level()) {
      case 0, 2 -> answer == Answer.REFUSED || (answer == Answer.INTENT && isCutOff(sample));
      case 1 -> answer != Answer.INTENT;
      default -> answer != Answer.REFUSED;
    };
  }

  private static boolean isCutOff(Sample sample) {
    return sample.active().stream().anyMatch(fault -> fault.endsWith(DATABASE));
  }

  private static List<Sample> said(List<Sample> samples, Instant from, Instant to) {
    return samples.stream()
        .filter(sample -> isWithin(sample.at(), from, to) && sample.level() != Sample.SILENT)
        .toList();
  }

  /** What more than half of the orders were answered; empty when there was no such answer. */
  private static Optional<Answer> most(List<Attempt> orders, Instant from, Instant to) {
    List<Answer> answers =
        orders.stream()
            .filter(order -> isWithin(order.ended(), from, to))
            .map(TruthRules::answer)
            .flatMap(Optional::stream)
            .toList();
    for (Answer answer : Answer.values()) {
      if (2 * answers.stream().filter(answer::equals).count() > answers.size()) {
        return Optional.of(answer);
      }
    }
    return Optional.empty();
  }

  /** Empty for what says nothing about the level. */
  private static Optional<Answer> answer(Attempt order) {
    if (order.intent()) {
      return Optional.of(Answer.INTENT);
    }
    if (order.status() / 100 == 2 || order.status() == CONFLICT) {
      return Optional.of(Answer.CONFIRMED);
    }
    return order.status() == 0 || order.status() >= 500 || order.status() == TOO_MANY
        ? Optional.of(Answer.REFUSED)
        : Optional.empty();
  }

  /**
   * A fault that ended, and how long the level needed afterwards.
   *
   * @param fault such as {@code cut of postgres}
   * @param up until the level was 0, if it was before anything else was broken
   * @param undisturbed whether nothing else was broken before it began, or in the time that the
   *     level may take after its end
   */
  record Return(String fault, Instant ended, Optional<Duration> up, boolean undisturbed) {
    /** Whether the level came too late, and nothing else was to blame for it. */
    boolean isLate() {
      return undisturbed && up.filter(time -> time.compareTo(BLIND) <= 0).isEmpty();
    }
  }

  /**
   * The ends of faults as they were seen, in their order. What ends within a second of another ends
   * with it.
   */
  static List<Return> returns(List<Sample> samples) {
    List<Return> returns = new ArrayList<>();
    for (int at = 1; at < samples.size(); at++) {
      Set<String> over = new HashSet<>(samples.get(at - 1).active());
      over.removeAll(samples.get(at).active());
      for (String fault : over) {
        if (samples.get(at).level() != Sample.SILENT) {
          boolean wasWell = levelBefore(fault, samples.subList(0, at)) == 0;
          returns.add(after(fault, wasWell, samples.subList(at, samples.size())));
        }
      }
    }
    return returns;
  }

  /** The level at the last sample before the fault was active, which it was at the end of these. */
  private static int levelBefore(String fault, List<Sample> until) {
    for (Sample sample : until.reversed()) {
      if (!sample.active().contains(fault) && sample.level() != Sample.SILENT) {
        return sample.level();
      }
    }
    return 0;
  }

  private static Return after(String fault, boolean wasWell, List<Sample> since) {
    Instant ended = since.getFirst().at();
    Optional<Instant> disturbed =
        since.stream()
            .filter(sample -> !sample.active().isEmpty())
            .map(Sample::at)
            .filter(at -> at.isAfter(ended.plus(STEP)))
            .findFirst();
    Optional<Duration> up =
        since.stream()
            .filter(sample -> disturbed.isEmpty() || sample.at().isBefore(disturbed.get()))
            .filter(sample -> sample.level() == 0 && sample.active().isEmpty())
            .map(sample -> Duration.between(ended, sample.at()))
            .findFirst();
    Instant seen = disturbed.orElse(since.getLast().at());
    return new Return(fault, ended, up, wasWell && seen.isAfter(ended.plus(BLIND)));
  }

  private static boolean isWithin(Instant at, Instant from, Instant to) {
    return !at.isBefore(from) && at.isBefore(to);
  }
}
