package dev.holdfast.testing;

import dev.holdfast.embedded.EmbeddedProcess;
import dev.holdfast.embedded.KafkaOptions;
import dev.holdfast.embedded.KafkaProcess;
import dev.holdfast.embedded.PostgresOptions;
import dev.holdfast.embedded.PostgresProcess;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** The servers that the tests of one JVM share; stopped, and their folders deleted, at its end. */
final class TestServers {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private TestServers() {}

  static PostgresProcess postgres() {
    return SharedPostgres.SERVER;
  }

  static KafkaProcess kafka() {
    return SharedKafka.BROKER;
  }

  static int nextNumber() {
    return NUMBER.incrementAndGet();
  }

  /** Started when first touched. */
  private static final class SharedPostgres {
    static final PostgresProcess SERVER = start();

    private static PostgresProcess start() {
      Path folder = folder("postgres");
      try {
        // Nothing here outlives the JVM, so nothing need wait for the disk.
        PostgresOptions options =
            new PostgresOptions(
                0,
                128,
                200,
                false,
                Duration.ofMillis(200),
                Duration.ofSeconds(5),
                Duration.ofMinutes(2),
                Map.of());
        return endWithUs(PostgresProcess.start(folder, options), folder);
      } catch (InterruptedException interrupted) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException("interrupted while PostgreSQL started", interrupted);
      }
    }
  }

  /** Started when first touched. */
  private static final class SharedKafka {
    static final KafkaProcess BROKER = start();

    private static KafkaProcess start() {
      Path folder = folder("kafka");
      KafkaOptions options = new KafkaOptions(0, 0, 256, Duration.ofMinutes(2));
      return endWithUs(KafkaProcess.start(folder, options), folder);
    }
  }

  private static Path folder(String server) {
    return Path.of("target", server + "-" + ProcessHandle.current().pid()).toAbsolutePath();
  }

  private static <P extends EmbeddedProcess> P endWithUs(P server, Path folder) {
    Thread end =
        new Thread(
            () -> {
              server.close();
              delete(folder);
            });
    Runtime.getRuntime().addShutdownHook(end);
    return server;
  }

  private static void delete(Path folder) {
    try (Stream<Path> all = Files.walk(folder)) {
      List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
      for (Path path : deepestFirst) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}
