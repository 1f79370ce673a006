package dev.holdfast.postgres;

import io.vertx.core.Vertx;
import java.time.Duration;

/**
 * The rest that a busy writer takes between its transactions, so that a flood shares them: none
 * after a small batch, a fixed one after a larger one.
 *
 * @param from the size of a batch that is followed by a rest
 * @param time how long it is
 */
public record BusyRest(int from, Duration time) {
  /**
   * Goes on at once, or after the rest on the context that this is called on.
   *
   * @param done how many the batch had that was written
   */
  public void after(Vertx vertx, int done, Runnable goOn) {
    if (done < from) {
      goOn.run();
    } else {
      vertx.setTimer(time.toMillis(), rested -> goOn.run());
    }
  }
}
