package dev.holdfast.supervision;

import dev.holdfast.kernel.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds children that do not crash but stand still: silent, on a blocked loop, without progress.
 */
final class HangWatch {
  private static final Logger LOG = LoggerFactory.getLogger(HangWatch.class);

  private final List<Child> children;
  private final Map<String, Child> byId;
  private final BiConsumer<Child, Exit> fallen;
  private final Means means;
  private final Clock clock;
  private final BeatWatch beats;
  private final LoopWatch loops;
  private final ProgressWatch progress;

  /**
   * @param fallen told of a child that hangs
   */
  HangWatch(List<Child> children, BiConsumer<Child, Exit> fallen, Means means) {
    this.children = List.copyOf(children);
    this.byId = children.stream().collect(Collectors.toMap(Child::id, Function.identity()));
    this.fallen = fallen;
    this.means = means;
    this.clock = means.clock();
    SupervisionSettings settings = means.settings();
    long now = clock.nanoTime();
    beats =
        new BeatWatch(
            settings.beat().toNanos(), settings.missedBeats(), settings.warmUp().toNanos(), now);
    loops = new LoopWatch(means.platform(), now, settings.warmUp());
    progress = new ProgressWatch(settings.progressWithin().toNanos());
  }

  /** Looks from now on, on the supervisor's loop. */
  void begin() {
    long beat = BeatWatch.lookEvery(means.settings().beat().toNanos());
    means.loop().vertx().setPeriodic(Duration.ofNanos(beat).toMillis(), id -> lookAtBeats());
    means.loop().vertx().setPeriodic(LoopWatch.EVERY.toMillis(), id -> lookAtLoops());
  }

  private void lookAtBeats() {
    long now = clock.nanoTime();
    Map<String, Long> last = new HashMap<>();
    for (Child child : children) {
      if (child.phase() == Phase.RUNNING) {
        child.life().ifPresent(life -> last.put(child.id(), life.lastBeat()));
      }
    }
    BeatWatch.Verdict verdict = beats.look(now, last);
    if (verdict.pause()) {
      means.tally().pauses++;
      progress.forget();
    }
    lookAtProgress(now);
    leaveSilent(now, verdict.silent(), last);
    means.changed().run();
  }

  /**
   * Hosts leave the loop of a silent child, so whoever else lives on it is started anew too: it
   * would go on there without its host.
   */
  private void leaveSilent(long now, List<String> silent, Map<String, Long> last) {
    Map<String, Thread> loopOf = new HashMap<>();
    children.forEach(
        child -> child.life().flatMap(Life::thread).ifPresent(on -> loopOf.put(child.id(), on)));
    LoopRules.falling(silent, loopOf)
        .forEach(
            (id, because) -> {
              Duration silence = Duration.ofNanos(now - last.get(because));
              Instant lastBeat = clock.now().minus(silence);
              Thread loop = loopOf.get(id);
              if (id.equals(because)) {
                if (loop != null) {
                  means.services().loops().blocked(loop, silence);
                }
                String detail = "no beat for " + silence.toMillis() + " ms";
                fall(byId.get(id), new Exit(Signal.MISSED_BEATS, detail, lastBeat));
              } else {
                String detail = loop.getName() + " is left, on which " + because + " is silent";
                fall(byId.get(id), new Exit(Signal.LOOP_BLOCKED, detail, lastBeat));
              }
            });
  }

  private void fall(Child child, Exit exit) {
    child.flee();
    fallen.accept(child, exit);
  }

  private void lookAtLoops() {
    List<String> homes =
        children.stream()
            .flatMap(child -> child.life().stream())
            .flatMap(life -> life.homes().stream())
            .distinct()
            .toList();
    long now = clock.nanoTime();
    for (LoopWatch.Blocked blocked : loops.look(now, homes)) {
      leave(blocked);
    }
    if (loops.isHopeless(now)) {
      means.services().loops().hopeless();
    }
  }

  /** All that run on a blocked loop are started anew on others. */
  private void leave(LoopWatch.Blocked blocked) {
    String detail =
        "%s blocked for %d ms in %s"
            .formatted(blocked.thread().getName(), blocked.silence().toMillis(), blocked.place());
    LOG.error("{}", detail);
    means.services().loops().blocked(blocked.thread(), blocked.silence());
    Exit exit = new Exit(Signal.LOOP_BLOCKED, detail, clock.now().minus(blocked.silence()));
    for (Child child : children) {
      if (child.life().flatMap(Life::thread).filter(blocked.thread()::equals).isPresent()) {
        fall(child, exit);
      }
    }
    means.changed().run();
  }

  private void lookAtProgress(long now) {
    Map<String, Progress> running = new HashMap<>();
    children.stream()
        .filter(child -> child.phase() == Phase.RUNNING && child.isProven())
        .forEach(child -> running.put(child.id(), child.spec().progress().get()));
    for (String id :
        progress.look(now, running, child -> means.services().away().apply(child).isPresent())) {
      String detail =
          running.get(id).waiting()
              + " wait and none was done for "
              + means.settings().progressWithin().toSeconds()
              + " s";
      fallen.accept(byId.get(id), new Exit(Signal.NO_PROGRESS, detail, clock.now()));
    }
  }
}
