package dev.holdfast.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.bus.RecordJson;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a run remembers of its steps: on which day each was asked, and the replies seen. Confined to
 * whoever walks the run.
 */
final class Memory {
  /**
   * A step as it stands in the run's row.
   *
   * @param attempt of the command, null for the first
   * @param undoing attempt of its undo, null for the first
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Folded(
      LocalDate on, Boolean done, Boolean refused, Integer attempt, Integer undoing, String reply) {

    private static Integer number(int attempt) {
      return attempt == 1 ? null : attempt;
    }

    private static int number(Integer folded) {
      return folded == null ? 1 : folded;
    }
  }

  /**
   * @param turnedBackFor the refusal, JSON; null while the run goes forward
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  private record FoldedSteps(Map<String, Folded> steps, String turnedBackFor) {}

  private static final class Trace {
    private final LocalDate on;
    private boolean done;
    private boolean refused;
    private int attempt = 1;
    private int undoing = 1;
    private Object reply;
    private String replyText;

    private Trace(LocalDate on) {
      this.on = on;
    }

    private Trace copy() {
      Trace copy = new Trace(on);
      copy.done = done;
      copy.refused = refused;
      copy.attempt = attempt;
      copy.undoing = undoing;
      copy.reply = reply;
      copy.replyText = replyText;
      return copy;
    }
  }

  private final Map<String, Trace> steps = new LinkedHashMap<>();
  private String turnedBackFor;

  /** The memory that a row's text stands for. */
  static Memory of(String text) {
    Memory memory = new Memory();
    if (!text.equals(RunRow.NOTHING)) {
      FoldedSteps row = RecordJson.read(text, FoldedSteps.class);
      memory.turnedBackFor = row.turnedBackFor();
      row.steps()
          .forEach(
              (step, folded) -> {
                Trace trace = new Trace(folded.on());
                trace.done = Boolean.TRUE.equals(folded.done());
                trace.refused = Boolean.TRUE.equals(folded.refused());
                trace.attempt = Folded.number(folded.attempt());
                trace.undoing = Folded.number(folded.undoing());
                trace.replyText = folded.reply();
                memory.steps.put(step, trace);
              });
    }
    return memory;
  }

  /** The same, to be changed apart from this one. */
  Memory copy() {
    Memory copy = new Memory();
    steps.forEach((step, trace) -> copy.steps.put(step, trace.copy()));
    copy.turnedBackFor = turnedBackFor;
    return copy;
  }

  /** The text for the run's row; replies that are not kept are left out. */
  String fold(Predicate<String> kept) {
    Map<String, Folded> folded = new LinkedHashMap<>();
    steps.forEach(
        (step, trace) ->
            folded.put(
                step,
                new Folded(
                    trace.on,
                    trace.done ? true : null,
                    trace.refused ? true : null,
                    Folded.number(trace.attempt),
                    Folded.number(trace.undoing),
                    kept.test(step) ? text(trace) : null)));
    return RecordJson.write(new FoldedSteps(folded, turnedBackFor));
  }

  private static String text(Trace trace) {
    if (trace.replyText == null && trace.reply != null) {
      trace.replyText = RecordJson.write(trace.reply);
    }
    return trace.replyText;
  }

  /** The step is going to be asked; the day of the first ask counts. */
  LocalDate asked(String step, LocalDate on) {
    return steps.computeIfAbsent(step, name -> new Trace(on)).on;
  }

  LocalDate askedOn(String step) {
    return steps.get(step).on;
  }

  void done(String step, Object reply) {
    Trace trace = steps.get(step);
    trace.done = true;
    trace.refused = false;
    trace.reply = reply;
  }

  void refused(String step) {
    steps.get(step).refused = true;
  }

  /** Which attempt of the step's command counts, from 1. */
  int attempt(String step) {
    return steps.get(step).attempt;
  }

  /** Which attempt of the step's undo counts, from 1. */
  int undoing(String step) {
    return steps.get(step).undoing;
  }

  /** The step was refused for good: whoever sets the run going again asks another command. */
  void askAnew(String step) {
    steps.get(step).attempt++;
  }

  /** The undo was refused for good: whoever sets the run going again asks another one. */
  void undoAnew(String step) {
    steps.get(step).undoing++;
  }

  /** Why the run turned back, as JSON; null while it goes forward. */
  String turnedBackFor() {
    return turnedBackFor;
  }

  void turnedBackFor(String refusal) {
    turnedBackFor = refusal;
  }

  boolean isDone(String step) {
    Trace trace = steps.get(step);
    return trace != null && trace.done;
  }

  boolean isRefused(String step) {
    Trace trace = steps.get(step);
    return trace != null && trace.refused;
  }

  <T> T reply(String step, Class<T> type) {
    Trace trace = steps.get(step);
    if (trace == null || (trace.reply == null && trace.replyText == null)) {
      throw new IllegalStateException("no reply of step " + step + " is remembered");
    }
    if (trace.reply == null) {
      trace.reply = RecordJson.read(trace.replyText, type);
    }
    return type.cast(trace.reply);
  }

  /** The steps as people look at them. */
  Map<String, RunLog.StepEntry> entries() {
    Map<String, RunLog.StepEntry> entries = new LinkedHashMap<>();
    steps.forEach(
        (step, trace) ->
            entries.put(step, new RunLog.StepEntry(trace.on, trace.done, trace.refused)));
    return entries;
  }
}
