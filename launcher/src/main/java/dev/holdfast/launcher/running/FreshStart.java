package dev.holdfast.launcher.running;

import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.process.ProcessImage;
import dev.holdfast.launcher.process.StartsAgain;
import dev.holdfast.launcher.settings.RecoverySettings.ProcessStartSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process whose event loops stay blocked begins anew, in place: nothing stands above it that
 * would start it again. So often in a time and no more, because a cause that is there at every
 * start is for a person.
 */
public final class FreshStart {
  /** The exit code of a process whose event loops are blocked. */
  public static final int STUCK = 76;

  private static final Logger LOG = LoggerFactory.getLogger(FreshStart.class);

  /** How long the servers may take to stop; what is left of them ends by itself. */
  private static final Duration SERVERS = Duration.ofSeconds(20);

  private final ProcessStartSettings settings;
  private final Duration within;
  private final Clock clock;
  private final PrintWriter out;

  public FreshStart(ProcessStartSettings settings, Clock clock, PrintWriter out) {
    this.settings = settings;
    this.within = Duration.ofMillis(settings.withinMs());
    this.clock = clock;
    this.out = out;
  }

  /** Says why this process began, when it did not begin by a person's wish. */
  public void sayWhetherThisIsOne() {
    StartsAgain before = lately();
    if (before.count() > 0) {
      say(
          "Started again in the same process, start %d of %d in %d s: event loops were blocked."
              .formatted(before.count(), settings.startsMax(), within.toSeconds()));
    }
  }

  private StartsAgain lately() {
    String text = Optional.ofNullable(System.getenv(StartsAgain.VARIABLE)).orElse("");
    return StartsAgain.of(text).lately(within, clock.now());
  }

  /**
   * Begins anew instead of going on. Blocks while the servers stop. Returns when that can't be, and
   * has said why.
   *
   * @param told whether somebody wants this process to end
   */
  public void instead(RunningPlatform running, BooleanSupplier told) {
    StartsAgain before = lately();
    if (before.count() >= settings.startsMax()) {
      say(
          "Event loops are blocked, and %d starts in %d s did not help: leaving with %d."
              .formatted(before.count(), within.toSeconds(), STUCK));
      return;
    }
    try {
      ProcessImage image = ProcessImage.own();
      say("Event loops are blocked: starting again in the same process.");
      stop(running);
      if (!told.getAsBoolean()) {
        image.replace(StartsAgain.VARIABLE, before.and(clock.now()).text());
      }
    } catch (IOException impossible) {
      say(
          "Starting again in the same process failed (%s): leaving with %d."
              .formatted(impossible.getMessage(), STUCK));
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }

  /** The servers are processes of their own, which no blocked loop keeps from stopping. */
  private static void stop(RunningPlatform running) throws InterruptedException {
    Thread stopping =
        Thread.ofPlatform().daemon().name("stop of the servers").start(running::stopServers);
    stopping.join(SERVERS.toMillis());
  }

  private void say(String sentence) {
    LOG.warn("{}", sentence);
    out.println(sentence);
    out.flush();
  }
}
