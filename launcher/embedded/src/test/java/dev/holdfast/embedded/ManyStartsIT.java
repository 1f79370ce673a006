package dev.holdfast.embedded;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Several lives of each server on one folder and one port, most of them ended by kill -9. */
class ManyStartsIT {
  private static final int LIVES = Integer.getInteger("holdfast.lives", 5);
  private static final int ORDERLY_EVERY = 3;

  @TempDir Path folder;

  @Test
  void postgres_comes_back_every_time() throws Exception {
    PostgresOptions options = PostgresOptions.defaults();
    for (int life = 1; life <= LIVES; life++) {
      PostgresProcess server = PostgresProcess.start(folder, options);
      options = options.onPort(server.port());
      end(server, life);
    }
  }

  @Test
  void kafka_comes_back_every_time() throws Exception {
    KafkaOptions options = KafkaOptions.defaults();
    for (int life = 1; life <= LIVES; life++) {
      KafkaProcess broker = KafkaProcess.start(folder, options);
      options = options.onPort(broker.port());
      end(broker, life);
    }
  }

  private static void end(EmbeddedProcess server, int life) throws Exception {
    assertTrue(server.isAlive());
    if (life % ORDERLY_EVERY != 0) {
      ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly();
      server.onExit().get(20, SECONDS);
    }
    server.close();
  }
}
