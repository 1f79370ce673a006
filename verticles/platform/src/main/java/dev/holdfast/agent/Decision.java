package dev.holdfast.agent;

import dev.holdfast.kernel.Event;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * What an agent decided about one command: its outcome, or the call outside that must come first,
 * and what the platform shall write with it in the same transaction.
 *
 * @param outcome what is recorded and replied; null while a call outside is to be made
 * @param outside the request for {@link Agent#call}, else null
 * @param events news to be told, in order
 * @param runs workflow runs to be started
 * @param signals what waiting runs shall be told
 * @param timers timers to be set or stopped
 */
public record Decision(
    Outcome<?> outcome,
    Object outside,
    List<Event> events,
    List<RunStart> runs,
    List<RunSignal> signals,
    List<TimerSet> timers) {

  public Decision {
    if ((outcome == null) == (outside == null)) {
      throw new IllegalArgumentException("a decision is either an outcome or a call outside");
    }
    events = List.copyOf(events);
    runs = List.copyOf(runs);
    signals = List.copyOf(signals);
    timers = List.copyOf(timers);
  }

  /** It takes effect. */
  public static Decision done(Object reply) {
    return of(Outcome.done(reply), null);
  }

  /** It is refused; the agent must not have changed its work for it. */
  public static Decision rejected(Refusal why) {
    return of(Outcome.rejected(why), null);
  }

  /**
   * A partner has to be asked first. What was changed so far (the intent) is committed, then {@link
   * Agent#call} gets the request, then the command comes back with the partner's answer.
   */
  public static Decision outside(Object request) {
    return of(null, Objects.requireNonNull(request, "request"));
  }

  private static Decision of(Outcome<?> outcome, Object outside) {
    return new Decision(outcome, outside, List.of(), List.of(), List.of(), List.of());
  }

  /** The same with one more event. */
  public Decision tell(Event event) {
    return new Decision(outcome, outside, plus(events, event), runs, signals, timers);
  }

  /** The same with a run to be started. */
  public Decision start(RunStart run) {
    return new Decision(outcome, outside, events, plus(runs, run), signals, timers);
  }

  /** The same with a signal to a run. */
  public Decision signal(RunSignal signal) {
    return new Decision(outcome, outside, events, runs, plus(signals, signal), timers);
  }

  /** The same with a timer. */
  public Decision timer(TimerSet timer) {
    return new Decision(outcome, outside, events, runs, signals, plus(timers, timer));
  }

  private static <T> List<T> plus(List<T> list, T last) {
    if (list.isEmpty()) {
      return List.of(last);
    }
    List<T> longer = new ArrayList<>(list);
    longer.add(last);
    return longer;
  }
}
