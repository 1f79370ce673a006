package dev.holdfast.architecture.planted;

import io.vertx.core.Future;

/** A violation on purpose: rules that know of futures. */
public final class PlantedRules {
  private PlantedRules() {}

  public static Future<Integer> decide() {
    return Future.succeededFuture(1);
  }
}
