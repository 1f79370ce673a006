package dev.holdfast.postgres;

import io.vertx.sqlclient.Tuple;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Remembers which statements the driver has sent before with arguments of the same classes.
 *
 * <p>The driver compares arguments with the statement's parameters on its own side, for a statement
 * it has not prepared yet only after the server's answer. A statement refused there never reaches
 * the server, and a COMMIT already sent behind it would commit its neighbours without it. So COMMIT
 * is sent ahead of the answers only when all of the transaction's statements are known here.
 *
 * <p>Texts are constants of the program, so they are few; beyond the limit none is added, and
 * COMMIT waits for the answers. Threads share it.
 */
final class AcceptedStatements {
  private static final int LIMIT = 4_096;

  private final Map<String, Class<?>[]> classes = new ConcurrentHashMap<>();

  /** Whether the driver will take these arguments for certain. */
  boolean knows(String sql, Tuple arguments) {
    Class<?>[] known = classes.get(sql);
    if (known == null || known.length != arguments.size()) {
      return false;
    }
    for (int i = 0; i < known.length; i++) {
      Object value = arguments.getValue(i);
      if (value != null && value.getClass() != known[i]) {
        return false;
      }
    }
    return true;
  }

  /** The statement succeeded with these arguments. */
  void add(String sql, Tuple arguments) {
    Class<?>[] known = classes.get(sql);
    if (known == null && classes.size() >= LIMIT) {
      return;
    }
    Class<?>[] seen = new Class<?>[arguments.size()];
    for (int i = 0; i < seen.length; i++) {
      Object value = arguments.getValue(i);
      boolean keep = value == null && known != null && known.length == seen.length;
      seen[i] = keep ? known[i] : classOf(value);
    }
    classes.put(sql, seen);
  }

  private static Class<?> classOf(Object value) {
    // The elements of an Object[] may be anything, so such an array is never known.
    return value == null || value.getClass() == Object[].class ? null : value.getClass();
  }
}
