package dev.holdfast.embedded;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ExitWatchTest {
  private static final int PROCESSORS = Runtime.getRuntime().availableProcessors();

  @Test
  void the_end_of_a_process_is_told_while_the_common_pool_is_busy() throws Exception {
    CountDownLatch free = new CountDownLatch(1);
    try {
      for (int task = 0; task < 4 * PROCESSORS; task++) {
        ForkJoinPool.commonPool().execute(() -> await(free));
      }
      Process process = new ProcessBuilder("true").start();
      CompletableFuture<Void> told = ExitWatch.begin("a process", process::waitFor);
      told.get(10, TimeUnit.SECONDS);
      assertTrue(!process.isAlive());
    } finally {
      free.countDown();
    }
  }

  private static void await(CountDownLatch free) {
    try {
      free.await();
    } catch (InterruptedException hurried) {
      Thread.currentThread().interrupt();
    }
  }
}
