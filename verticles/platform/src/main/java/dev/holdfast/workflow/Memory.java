package dev.holdfast.workflow;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.holdfast.bus.RecordJson;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What a run remembers of its steps: on which day each was asked, and the replies seen. Confined to
 * the runner's context.
 */
final class Memory {
  /** A step as it stands in the run's row. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  record Folded(LocalDate on, Boolean done, Boolean refused, String reply) {}

  private record FoldedSteps(Map<String, Folded> steps) {}

  private static final class Trace {
    private final LocalDate on;
    private boolean done;
    private boolean refused;
    private Object reply;
    private String replyText;

    private Trace(LocalDate on) {
      this.on = on;
    }
  }

  private final Map<String, Trace> steps = new LinkedHashMap<>();

  /** The memory that a row's text stands for. */
  static Memory of(String text) {
    Memory memory = new Memory();
    if (!text.equals("{}")) {
      RecordJson.read(text, FoldedSteps.class)
          .steps()
          .forEach(
              (step, folded) -> {
                Trace trace = new Trace(folded.on());
                trace.done = Boolean.TRUE.equals(folded.done());
                trace.refused = Boolean.TRUE.equals(folded.refused());
                trace.replyText = folded.reply();
                memory.steps.put(step, trace);
              });
    }
    return memory;
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
                    kept.test(step) ? text(trace) : null)));
    return RecordJson.write(new FoldedSteps(folded));
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
    trace.reply = reply;
  }

  void refused(String step) {
    steps.get(step).refused = true;
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
