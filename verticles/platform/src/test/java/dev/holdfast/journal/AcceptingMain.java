package dev.holdfast.journal;

import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.Meters;
import io.vertx.core.Future;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Accepts intents without end and tells each once it is durable, until it is killed. */
final class AcceptingMain {
  private static final int AT_ONCE = 32;

  private AcceptingMain() {}

  /** Takes the folder, and the first number. */
  public static void main(String[] arguments) throws Exception {
    Clock clock = Clock.system();
    Journal journal =
        new Journal(Path.of(arguments[0]), Intents.WIDE, clock, new Meters().journal());
    CountDownLatch open = new CountDownLatch(1);
    Future<Void> proven = journal.selfTest();
    proven.onComplete(done -> open.countDown());
    open.await();
    Semaphore room = new Semaphore(AT_ONCE);
    for (int number = Integer.parseInt(arguments[1]); ; number++) {
      String key = "k" + number;
      room.acquire();
      journal
          .accept(Intents.of(key, clock.now()))
          .onSuccess(accepted -> System.out.println(key))
          .onComplete(end -> room.release());
    }
  }
}
