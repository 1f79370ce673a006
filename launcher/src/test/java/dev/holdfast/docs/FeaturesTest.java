package dev.holdfast.docs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.nio.file.Path;
import java.util.List;
import java.util.NavigableSet;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** {@code docs/features.md} and the tags of the tests name the same features. */
class FeaturesTest {
  private static final Pattern LISTED = Pattern.compile("(?m)^- \\*\\*(E-\\d{3})\\*\\* \\S");

  private static List<String> listed(String page) {
    return LISTED.matcher(page).results().map((MatchResult line) -> line.group(1)).toList();
  }

  private static List<String> listed() {
    Path page = TestSources.CHECKOUT.resolve("docs").resolve("features.md");
    return listed(TestSources.text(page));
  }

  private static NavigableSet<String> without(Iterable<String> some, NavigableSet<String> others) {
    NavigableSet<String> left = new TreeSet<>();
    some.forEach(left::add);
    left.removeAll(others);
    return left;
  }

  @Test
  void every_listed_feature_has_a_test() {
    NavigableSet<String> tagged = TestSources.ofCheckout().features();
    assertEquals(new TreeSet<>(), without(listed(), tagged), "listed, but no test has the tag");
  }

  @Test
  void every_tag_names_a_listed_feature() {
    NavigableSet<String> tagged = TestSources.ofCheckout().features();
    assertEquals(
        new TreeSet<>(),
        without(tagged, new TreeSet<>(listed())),
        "tagged, but not in docs/features.md");
  }

  @Test
  void features_are_listed_once_and_in_order() {
    List<String> listed = listed();
    assertFalse(listed.isEmpty());
    assertEquals(List.copyOf(new TreeSet<>(listed)), listed);
  }

  @Test
  void a_listed_feature_without_a_test_is_found() {
    String page = "- **E-998** What nobody tests.\n- **E-999** Neither.\n";
    NavigableSet<String> tagged = new TreeSet<>(List.of("E-999"));
    assertEquals(List.of("E-998"), List.copyOf(without(listed(page), tagged)));
  }
}
