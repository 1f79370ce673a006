package dev.holdfast.launcher.routes;

import dev.holdfast.deadletter.DeadLetter.Kind;
import dev.holdfast.deadletter.LetterSelection;
import dev.holdfast.web.Problem;
import dev.holdfast.web.ProblemException;
import io.vertx.core.MultiMap;
import io.vertx.ext.web.RoutingContext;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The parameters of a request about letters. What is misspelt or no value of its field is refused
 * with 400 and the field's name, because a parameter that is passed over would mean more letters.
 */
public final class LetterRequest {
  /** One sentence. */
  private static final int REASON_MAX = 500;

  /** Agents' names, keys and fingerprints are shorter. */
  private static final int TEXT_MAX = 400;

  private final RoutingContext context;
  private final MultiMap query;

  /**
   * @param known the parameters that the route takes
   */
  public LetterRequest(RoutingContext context, String... known) {
    this.context = context;
    this.query = context.queryParams();
    Set<String> names = Set.of(known);
    for (String name : query.names()) {
      if (!names.contains(name)) {
        throw bad(name, "is not a parameter of this request");
      }
      if (query.getAll(name).size() > 1) {
        throw bad(name, "is there twice");
      }
    }
  }

  private static ProblemException bad(String field, String why) {
    return Problem.badRequest("invalid_parameter", field + " " + why + ".").asException();
  }

  /** The number in the path. */
  public long number() {
    return whole("number", context.pathParam("number"), 1, Long.MAX_VALUE);
  }

  /** The text of a field, or null. */
  public String text(String field) {
    String text = query.get(field);
    if (text != null && (text.isBlank() || text.length() > TEXT_MAX || text.indexOf('\0') >= 0)) {
      throw bad(field, "must have 1 to " + TEXT_MAX + " characters");
    }
    return text;
  }

  private String required(String field) {
    String text = text(field);
    if (text == null) {
      throw bad(field, "is missing");
    }
    return text;
  }

  /** A whole number, or what counts without one. */
  long whole(String field, long without, long least, long most) {
    String text = query.get(field);
    return text == null ? without : whole(field, text, least, most);
  }

  private static long whole(String field, String text, long least, long most) {
    try {
      long number = Long.parseLong(text);
      if (number >= least && number <= most) {
        return number;
      }
    } catch (NumberFormatException noNumber) {
      throw bad(field, "is no whole number");
    }
    throw bad(field, "must be " + least + " to " + most);
  }

  public boolean flag(String field) {
    return switch (Optional.ofNullable(query.get(field)).orElse("false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw bad(field, "must be true or false");
    };
  }

  public Kind kind() {
    String text = query.get("kind");
    if (text == null) {
      return null;
    }
    return Stream.of(Kind.values())
        .filter(kind -> kind.name().equals(text))
        .findFirst()
        .orElseThrow(() -> bad("kind", "must be one of " + List.of(Kind.values())));
  }

  private Instant time(String field) {
    String text = query.get(field);
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException noTime) {
      throw bad(field, "must be a time such as 2026-11-03T10:15:00Z");
    }
  }

  /** Why letters are given up. */
  public String reason() {
    String reason = query.get("reason");
    if (reason == null || reason.isBlank() || reason.length() > REASON_MAX) {
      throw bad("reason", "must be a sentence of 1 to " + REASON_MAX + " characters");
    }
    return reason;
  }

  /** Which letters are meant. */
  public LetterSelection selection() {
    Instant from = time("from");
    Instant until = time("until");
    if (from != null && until != null && !from.isBefore(until)) {
      throw bad("until", "must be later than from");
    }
    return LetterSelection.of(required("agent"))
        .under(text("key"))
        .because(text("fingerprint"))
        .between(from, until);
  }

  /** The same, but never all letters of an agent. */
  public LetterSelection narrowSelection() {
    LetterSelection selection = selection();
    if (selection.parkingKey() == null && selection.fingerprint() == null) {
      throw bad("fingerprint", "or key must say which letters are meant");
    }
    return selection;
  }
}
