package dev.holdfast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.holdfast.docs.TestSources.Source;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Every row of {@code docs/failure-matrix.md} names a test that exists and, in a run of the whole
 * suite, that ran. The launcher's module comes last, so the reports of all other modules are there
 * by now; of its own tests only the existence is checked.
 */
class FailureMatrixTest {
  private static final Pattern NAMED = Pattern.compile("`(\\w+)#(\\w+)`");

  /** Set when somebody runs chosen tests alone. */
  private static final boolean CHOSEN = System.getProperty("test") != null;

  private final TestSources sources = TestSources.ofCheckout();

  /** A test that the matrix names. */
  private record Named(String type, String method) {
    @Override
    public String toString() {
      return type + "#" + method;
    }
  }

  private static String matrix() {
    return TestSources.text(TestSources.CHECKOUT.resolve("docs").resolve("failure-matrix.md"));
  }

  private static List<Named> named(String text) {
    return NAMED
        .matcher(text)
        .results()
        .map(found -> new Named(found.group(1), found.group(2)))
        .toList();
  }

  /** Rows of tables, without their heads. */
  private static List<String> rows(String page) {
    List<String> lines = page.lines().toList();
    List<String> rows = new ArrayList<>();
    for (int i = 0; i < lines.size(); i++) {
      boolean head = i + 1 < lines.size() && lines.get(i + 1).startsWith("|---");
      if (lines.get(i).startsWith("| ") && !head) {
        rows.add(lines.get(i));
      }
    }
    return rows;
  }

  private Optional<String> missing(Named test) {
    Optional<Source> source = sources.named(test.type());
    if (source.isEmpty()) {
      return Optional.of(test + ": there is no such class");
    }
    return source.get().tests(test.method())
        ? Optional.empty()
        : Optional.of(test + ": the class has no such test, or it is switched off");
  }

  private Optional<String> notRun(Named test) {
    Source source = sources.named(test.type()).orElseThrow();
    Path reports = source.module().resolve("target").resolve("surefire-reports");
    boolean own = source.module().equals(TestSources.CHECKOUT.resolve("launcher"));
    return own || !Files.isDirectory(reports)
        ? Optional.empty()
        : SurefireReport.whyNotRun(reports, source.className(), test.method())
            .map(why -> test + ": " + why);
  }

  @Test
  void every_row_names_a_test() {
    List<String> rows = rows(matrix());
    assertFalse(rows.isEmpty());
    assertEquals(List.of(), rows.stream().filter(row -> named(row).isEmpty()).toList());
  }

  @Test
  void every_named_test_exists() {
    assertEquals(
        List.of(), named(matrix()).stream().map(this::missing).flatMap(Optional::stream).toList());
  }

  @Test
  void every_named_test_of_an_earlier_module_ran() {
    assumeTrue(!CHOSEN, "chosen tests alone leave no reports of the others");
    assertEquals(
        List.of(), named(matrix()).stream().map(this::notRun).flatMap(Optional::stream).toList());
  }

  @Test
  void a_test_that_does_not_exist_is_found() {
    assertTrue(missing(new Named("NoSuchTest", "anything")).isPresent());
    assertTrue(missing(new Named("FailureMatrixTest", "no_such_method")).isPresent());
    assertTrue(missing(new Named("FailureMatrixTest", "every_row_names_a_test")).isEmpty());
  }

  @Test
  void a_test_that_was_left_out_is_found(@TempDir Path reports) throws Exception {
    Files.writeString(
        reports.resolve("TEST-a.SomeTest.xml"),
        """
        <testsuite>
          <testcase name="it_runs" classname="a.SomeTest" time="0.1"/>
          <testcase name="it_runs_with_rows(String)[1]" classname="a.SomeTest" time="0.1"/>
          <testcase name="it_is_skipped" classname="a.SomeTest"><skipped/></testcase>
        </testsuite>
        """);
    assertTrue(SurefireReport.whyNotRun(reports, "a.SomeTest", "it_runs").isEmpty());
    assertTrue(SurefireReport.whyNotRun(reports, "a.SomeTest", "it_runs_with_rows").isEmpty());
    assertTrue(SurefireReport.whyNotRun(reports, "a.SomeTest", "it_is_skipped").isPresent());
    assertTrue(SurefireReport.whyNotRun(reports, "a.SomeTest", "it_").isPresent());
    assertTrue(SurefireReport.whyNotRun(reports, "a.OtherTest", "it_runs").isPresent());
  }
}
