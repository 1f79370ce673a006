package dev.holdfast.postgres;

import dev.holdfast.trace.Fact;
import dev.holdfast.trace.Part;
import dev.holdfast.trace.Span;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Statements as parts of what they are sent for: their names, never their text or arguments. */
final class StatementSpans {
  private static final Map<String, Named> KNOWN = new ConcurrentHashMap<>();

  private record Named(String name, StatementName parts) {
    static Named of(String sql) {
      StatementName parts = StatementName.of(sql);
      return new Named(
          parts.namesTable() ? parts.operation() + " " + parts.table() : parts.operation(), parts);
    }
  }

  private StatementSpans() {}

  /**
   * A statement is sent now.
   *
   * @param parent what for
   * @param sql a constant text: each is taken apart once
   */
  static Span begin(Span parent, String sql) {
    if (!parent.isRecorded()) {
      return Span.NONE;
    }
    Named named = KNOWN.computeIfAbsent(sql, Named::of);
    Span statement =
        parent
            .child(Part.ASKS, named.name())
            .with(Fact.DATABASE, "postgresql")
            .with(Fact.OPERATION, named.parts().operation());
    return named.parts().namesTable()
        ? statement.with(Fact.TABLE, named.parts().table())
        : statement;
  }
}
