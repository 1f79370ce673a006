package dev.holdfast.recovery;

import io.vertx.core.Future;
import java.util.Optional;

/** To another event loop of this process, when there is one. */
public final class FailoverRung implements Rung {
  private final int loops;

  /**
   * @param loops event loops of the platform, 1 or more
   */
  public FailoverRung(int loops) {
    this.loops = loops;
  }

  @Override
  public RungName name() {
    return RungName.FAILOVER;
  }

  @Override
  public Optional<String> refusal(String child) {
    return loops > 1 ? Optional.empty() : Optional.of("there is no other loop");
  }

  @Override
  public Future<String> act(String child) {
    return Future.succeededFuture("on another loop");
  }

  @Override
  public boolean movesLoop() {
    return true;
  }
}
