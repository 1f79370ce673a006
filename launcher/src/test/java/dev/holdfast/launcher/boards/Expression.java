package dev.holdfast.launcher.boards;

import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The names of metrics and labels in an expression, as far as a test needs to know PromQL. */
final class Expression {
  private static final Set<String> WORDS =
      Set.of(
          "sum",
          "avg",
          "min",
          "max",
          "count",
          "topk",
          "rate",
          "increase",
          "histogram_quantile",
          "sort_desc",
          "vector",
          "or",
          "and",
          "on",
          "by",
          "label_values");

  private static final Pattern STRING = Pattern.compile("\"[^\"]*\"");
  private static final Pattern WINDOW = Pattern.compile("\\[[^\\]]*\\]");
  private static final Pattern GROUPING = Pattern.compile("\\b(by|on)\\s*\\(([^)]*)\\)");
  private static final Pattern SELECTOR =
      Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)\\s*(\\{([^}]*)\\})?");

  /** Labels that its selectors match, by metric. */
  final TreeMap<String, Set<String>> matched = new TreeMap<>();

  /** Labels by which it groups. */
  final Set<String> grouped = new TreeSet<>();

  Expression(String text) {
    String plain = WINDOW.matcher(STRING.matcher(text).replaceAll("0")).replaceAll("");
    Matcher grouping = GROUPING.matcher(plain);
    while (grouping.find()) {
      for (String label : grouping.group(2).split(",", -1)) {
        if (!label.isBlank()) {
          grouped.add(label.strip());
        }
      }
    }
    Matcher selector = SELECTOR.matcher(grouping.replaceAll(""));
    while (selector.find()) {
      if (!WORDS.contains(selector.group(1))) {
        Set<String> labels = matched.computeIfAbsent(selector.group(1), metric -> new TreeSet<>());
        labels(selector.group(3), labels);
      }
    }
  }

  private static void labels(String matchers, Set<String> into) {
    if (matchers != null) {
      for (String matcher : matchers.split(",", -1)) {
        into.add(matcher.split("[=!]", -1)[0].strip());
      }
    }
  }
}
