package dev.holdfast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import dev.holdfast.kernel.ErrorCategory;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCode.Kind;
import dev.holdfast.kernel.ErrorRecovery;
import dev.holdfast.kernel.ErrorSeverity;
import dev.holdfast.launcher.platform.ErrorRooms;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * {@code docs/errors.md} has every error code: outages and bugs as the rooms declare them, refusals
 * as they stand in the sources.
 */
class ErrorsPageTest {
  /** A row of the page that stands for a family of codes. */
  private static final String FIELDS = "invalid_<field>";

  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z_<>]+)` \\| (\\d{3}) \\|");
  private static final Pattern FIRST_CELL = Pattern.compile("(?m)^\\| `(\\w+)` \\|");
  private static final Pattern REFUSAL =
      Pattern.compile(
          "Refusal\\s*\\.\\s*(conflict|invalid|notFound)\\(\\s*(\"\\w+\"|[A-Z_]+)\\s*([,+])");
  private static final Pattern PROBLEM =
      Pattern.compile("Problem\\s*\\.\\s*(?:of\\(\\s*(\\d+),|badRequest\\()\\s*\"(\\w+)\"");
  private static final Pattern OUTAGE = Pattern.compile("new Unavailable\\(\\s*\"(\\w+)\"");
  private static final Pattern CONSTANT = Pattern.compile("String ([A-Z_]+) =\\s*\"(\\w+)\"");
  private static final Map<String, String> STATUS =
      Map.of("conflict", "409", "invalid", "422", "notFound", "404");

  private static String page() {
    return TestSources.text(TestSources.CHECKOUT.resolve("docs").resolve("errors.md"));
  }

  private static List<String> mainSources() throws IOException {
    List<String> texts = new ArrayList<>();
    for (String folder : List.of("launcher", "verticles")) {
      try (Stream<Path> files = Files.walk(TestSources.CHECKOUT.resolve(folder))) {
        files
            .filter(file -> file.toString().endsWith(".java"))
            .filter(file -> file.toString().contains("/src/main/java/"))
            .map(TestSources::text)
            .forEach(texts::add);
      }
    }
    return texts;
  }

  /** The codes of refusals that a source makes, with the status of each. */
  private static void refusals(String source, NavigableMap<String, Set<String>> into) {
    Map<String, String> constants =
        CONSTANT
            .matcher(source)
            .results()
            .collect(Collectors.toMap(found -> found.group(1), found -> found.group(2)));
    Matcher refusal = REFUSAL.matcher(source);
    while (refusal.find()) {
      String text = refusal.group(2);
      String literal = text.startsWith("\"") ? text.replace("\"", "") : constants.get(text);
      String code = refusal.group(3).equals("+") ? FIELDS : literal;
      if (code != null) {
        into.computeIfAbsent(code, any -> new TreeSet<>()).add(STATUS.get(refusal.group(1)));
      }
    }
    Matcher problem = PROBLEM.matcher(source);
    while (problem.find()) {
      String status = problem.group(1) == null ? "400" : problem.group(1);
      into.computeIfAbsent(problem.group(2), any -> new TreeSet<>()).add(status);
    }
  }

  private static NavigableMap<String, Set<String>> refusals() throws IOException {
    NavigableMap<String, Set<String>> found = new TreeMap<>();
    mainSources().forEach(source -> refusals(source, found));
    return found;
  }

  private static NavigableMap<String, String> listed() {
    NavigableMap<String, String> rows = new TreeMap<>();
    ROW.matcher(page()).results().forEach(row -> rows.put(row.group(1), row.group(2)));
    return rows;
  }

  /** The row of an outage or a bug. */
  private static String row(ErrorCode code) {
    return "| `%s` | %s | `%s` | `%s` | `%s` | %s |"
        .formatted(
            code.code(),
            code.kind().name().toLowerCase(Locale.ROOT),
            code.category().label(),
            code.severity().label(),
            code.recovery().label(),
            code.meaning().substring(0, code.meaning().length() - 1));
  }

  @Test
  @Tag("E-049")
  void every_outage_and_bug_stands_in_the_table_as_its_room_declares_it() {
    List<String> wanted = ErrorRooms.table().codes().stream().map(ErrorsPageTest::row).toList();
    List<String> rows =
        page()
            .lines()
            .filter(line -> line.matches("\\| `\\w+` \\| (outage|bug|refusal) \\|.*"))
            .toList();
    assertEquals(String.join("\n", wanted), String.join("\n", rows));
  }

  @Test
  @Tag("E-049")
  void every_refusal_stands_in_the_table_with_a_status_that_it_has() throws IOException {
    NavigableMap<String, Set<String>> made = refusals();
    NavigableMap<String, String> listed = listed();
    assertEquals(String.join("\n", made.keySet()), String.join("\n", listed.keySet()));
    List<String> wrong =
        listed.entrySet().stream()
            .filter(row -> !made.get(row.getKey()).contains(row.getValue()))
            .map(row -> row + " is made with " + made.get(row.getKey()))
            .toList();
    assertEquals(List.of(), wrong);
  }

  @Test
  void no_outage_is_made_under_a_code_that_no_room_declares() throws IOException {
    Set<String> declared =
        ErrorRooms.table().codes().stream()
            .filter(code -> code.kind() == Kind.OUTAGE)
            .map(ErrorCode::code)
            .collect(Collectors.toSet());
    Set<String> unknown = new TreeSet<>();
    for (String source : mainSources()) {
      OUTAGE
          .matcher(source)
          .results()
          .map((MatchResult found) -> found.group(1))
          .forEach(unknown::add);
    }
    unknown.removeAll(declared);
    assertEquals(Set.of(), unknown);
  }

  @Test
  @Tag("E-044")
  void every_category_severity_and_recovery_is_explained() {
    Set<String> explained =
        FIRST_CELL
            .matcher(page())
            .results()
            .map((MatchResult cell) -> cell.group(1))
            .collect(Collectors.toSet());
    Stream<String> labels =
        Stream.of(
                Arrays.stream(ErrorCategory.values()).map(ErrorCategory::label),
                Arrays.stream(ErrorSeverity.values()).map(ErrorSeverity::label),
                Arrays.stream(ErrorRecovery.values()).map(ErrorRecovery::label))
            .flatMap(all -> all);
    assertEquals(List.of(), labels.filter(label -> !explained.contains(label)).toList());
  }

  @Test
  void a_code_that_the_page_does_not_have_is_found() {
    NavigableMap<String, Set<String>> found = new TreeMap<>();
    refusals(
        """
        static final String LATE = "too_late";
        Refusal.conflict(LATE, "text"); Refusal
            .notFound(
                "unknown_thing", "text");
        Refusal.invalid("invalid_" + field, "text"); Problem.of(418, "teapot", "text");
        """,
        found);
    assertEquals(
        Map.of(
            "too_late",
            Set.of("409"),
            "unknown_thing",
            Set.of("404"),
            FIELDS,
            Set.of("422"),
            "teapot",
            Set.of("418")),
        found);
    assertFalse(listed().containsKey("teapot"));
  }
}
