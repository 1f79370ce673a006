package dev.holdfast.recovery;

import io.vertx.core.Future;
import java.util.Optional;

/** Back to the last proven configuration, when the present one was never proven. */
public final class RollbackRung implements Rung {
  private final Configurations configurations;

  public RollbackRung(Configurations configurations) {
    this.configurations = configurations;
  }

  @Override
  public RungName name() {
    return RungName.ROLLBACK;
  }

  @Override
  public Optional<String> refusal(String child) {
    return configurations.rollbackRefusal(child);
  }

  @Override
  public Future<String> act(String child) {
    return Future.succeededFuture(configurations.rollBack(child));
  }
}
