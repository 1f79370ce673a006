package dev.holdfast.journal;

import io.vertx.core.Future;
import java.util.Optional;

/**
 * The last answers to questions, for when nobody can be asked. A hint that may be lost at any time;
 * never a reason to write anything but an intent.
 */
public interface SnapshotCache {
  /**
   * Keeps an answer as of now in place of the one before.
   *
   * @param key what was asked, with the tenant
   * @param value a record
   */
  void keep(String key, Object value);

  /** The last answer, if it is kept; never fails. */
  <T> Future<Optional<Snapshot<T>>> find(String key, Class<T> type);
}
