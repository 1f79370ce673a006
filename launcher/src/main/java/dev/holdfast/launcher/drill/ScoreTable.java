package dev.holdfast.launcher.drill;

import java.util.ArrayList;
import java.util.List;

/** The score as people read it. */
public final class ScoreTable {
  private ScoreTable() {}

  /** The lines of a score. */
  public static List<String> of(Score score) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%-17s %-10s %7s %7s %5s %-15s %8s %9s %7s %7s"
            .formatted(
                "FAULT",
                "TARGET",
                "AT s",
                "FOR ms",
                "LEVEL",
                "RUNG",
                "SEEN ms",
                "PROVEN ms",
                "UP ms",
                "ERRORS"));
    for (Score.OfFault fault : score.faults()) {
      lines.add(
          "%-17s %-10s %7.1f %7d %5d %-15s %8s %9s %7s %7d"
              .formatted(
                  fault.fault(),
                  fault.target(),
                  fault.atMs() / 1_000.0,
                  fault.forMs(),
                  fault.worstLevel(),
                  fault.rung(),
                  millis(fault.detectedMs()),
                  millis(fault.provenMs()),
                  millis(fault.upMs()),
                  fault.errors()));
    }
    lines.add("requests      " + score.requests());
    lines.add("lost          " + score.lost().size() + " " + some(score.lost()));
    lines.add("duplicated    " + score.duplicated().size() + " " + some(score.duplicated()));
    lines.add("contradicted  " + score.contradicted().size() + " " + some(score.contradicted()));
    lines.add("errors apart  " + score.errorsApart());
    lines.add("dead letters  " + score.lettersReplayed() + " replayed");
    lines.add("reached       " + String.join(", ", score.reached()));
    lines.add("missed        " + String.join(", ", score.missed()));
    score.untrue().forEach(wrong -> lines.add("level untrue  " + wrong));
    lines.addAll(score.troubles());
    lines.add(score.isPassed() ? "The drill is passed." : "The drill is failed.");
    return lines;
  }

  private static String millis(long time) {
    return time < 0 ? "-" : String.valueOf(time);
  }

  private static String some(List<String> numbers) {
    return String.join(", ", numbers.subList(0, Math.min(5, numbers.size())));
  }
}
