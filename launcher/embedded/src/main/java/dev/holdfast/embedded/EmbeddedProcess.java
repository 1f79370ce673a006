package dev.holdfast.embedded;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** A server that runs as our child and answers on a port of the loopback address. */
public interface EmbeddedProcess extends AutoCloseable {
  /** The address that every embedded server listens on. */
  String HOST = "127.0.0.1";

  /** What a person calls it. */
  String name();

  /** Where clients connect on {@link #HOST}. */
  int port();

  /** The process id of the server itself, not of a shell around it. */
  long pid();

  /** All its processes now, that of {@link #pid} among them. */
  default List<Long> pids() {
    return List.of(pid());
  }

  /** Whether the server runs; a stopped (SIGSTOP) one does. */
  boolean isAlive();

  /** Completes when the server has gone, for whatever reason. */
  CompletableFuture<Void> onExit();

  /** What the server writes while it runs. */
  Path log();

  /**
   * Stops the server in an orderly way and, past a limit, by force. Blocks; may be called twice.
   */
  @Override
  void close();
}
