package dev.holdfast.embedded;

import java.nio.file.Path;

/** A process that starts both servers, says their process ids, and waits to be killed. */
final class StarterMain {
  private StarterMain() {}

  public static void main(String[] arguments) throws Exception {
    Path folder = Path.of(arguments[0]);
    PostgresProcess postgres =
        PostgresProcess.start(folder.resolve("postgres"), PostgresOptions.defaults());
    KafkaProcess kafka = KafkaProcess.start(folder.resolve("kafka"), KafkaOptions.defaults());
    System.out.println(postgres.pid() + " " + kafka.pid());
    System.out.flush();
    Thread.currentThread().join();
  }
}
