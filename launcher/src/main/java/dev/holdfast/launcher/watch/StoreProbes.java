package dev.holdfast.launcher.watch;

import dev.holdfast.degradation.Capability;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.launcher.servers.Databases;
import dev.holdfast.postgres.Database;
import dev.holdfast.postgres.NodeLease;
import dev.holdfast.stream.EventConsumer;
import dev.holdfast.stream.Heartbeat;
import io.vertx.core.Future;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * The probes of PostgreSQL and Kafka. PostgreSQL is written and read over connections that do
 * nothing else, and proves itself over those of the agents. Kafka acknowledges and hands out
 * heartbeats, which is its proof as well.
 */
public final class StoreProbes {
  /** Heartbeats come twice a second; one may be late. */
  private static final long BEAT_MS_MAX = 1_500;

  /** A consumer that polls comes back every 200 ms, a commit may take 2 s. */
  private static final long SILENT_MS_MAX = 10_000;

  private StoreProbes() {}

  /** One look at a capability, and one piece of real work. */
  private record Of(
      Capability capability,
      Function<Deadline, Future<?>> looking,
      Function<Deadline, Future<?>> proving)
      implements Probe {
    @Override
    public Future<?> look(Deadline deadline) {
      return looking.apply(deadline);
    }

    @Override
    public Future<?> prove(Deadline deadline) {
      return proving.apply(deadline);
    }
  }

  /**
   * The four probes.
   *
   * @param consumers those that hear events now
   */
  public static List<Probe> of(
      NodeLease lease,
      Databases databases,
      Heartbeat heartbeat,
      Supplier<List<EventConsumer>> consumers) {
    Database own = databases.probes();
    Function<Deadline, Future<?>> told = beat("acknowledged", heartbeat::ackedAgoMs);
    Function<Deadline, Future<?>> heard =
        deadline -> {
          long silent = silentMs(consumers.get());
          return silent > SILENT_MS_MAX
              ? gone("no consumer polled for " + silent + " ms")
              : beat("handed out", heartbeat::heardAgoMs).apply(deadline);
        };
    return List.of(
        new Of(
            Capability.PG_WRITE,
            deadline -> lease.tryWriting(own, deadline),
            deadline -> lease.tryWriting(databases.lanes(), deadline)),
        new Of(
            Capability.PG_READ,
            deadline -> lease.tryReading(own, deadline),
            deadline -> lease.tryReading(databases.queries(), deadline)),
        new Of(Capability.KAFKA_OUT, told, told),
        new Of(Capability.KAFKA_IN, heard, heard));
  }

  private static Function<Deadline, Future<?>> beat(String what, LongSupplier agoMs) {
    return deadline -> {
      long ago = agoMs.getAsLong();
      if (ago == Long.MAX_VALUE) {
        return gone("no heartbeat was " + what + " yet");
      }
      return ago > BEAT_MS_MAX
          ? gone("no heartbeat was " + what + " for " + ago + " ms")
          : Future.succeededFuture();
    };
  }

  private static Future<?> gone(String what) {
    return Future.failedFuture(new Unavailable("broker_away", what));
  }

  private static long silentMs(List<EventConsumer> consumers) {
    return consumers.stream().mapToLong(consumer -> consumer.figures().silentMs()).max().orElse(0);
  }
}
