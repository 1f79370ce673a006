package dev.holdfast.launcher.boards;

import dev.holdfast.launcher.boards.Board.Variable;
import dev.holdfast.launcher.boards.Panel.Query;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An expression as it is asked, with Grafana's variables replaced.
 *
 * @param where what asks for it
 */
record AskedFor(String where, String expression) {
  private static final Pattern THRESHOLD =
      Pattern.compile("(.*?) (?:==|>=|<=|>|<) [0-9.]+(?: and .*)?");

  /** All expressions of panels and variables, and of rules the part left of the threshold. */
  static List<AskedFor> all(Watched watched) {
    List<AskedFor> all = new ArrayList<>();
    for (Board board : Board.all()) {
      for (Panel panel : board.panels()) {
        for (Query query : panel.queries()) {
          String where = board.title() + " / " + panel.title();
          replaced(query.expression(), board, watched)
              .forEach(expression -> all.add(new AskedFor(where, expression)));
        }
      }
      for (Variable variable : board.variables()) {
        all.add(
            new AskedFor(
                board.title() + " / $" + variable.name(),
                "count by (" + variable.label() + ") (" + variable.metric() + ")"));
      }
    }
    for (AlertRule rule : RuleFile.rules(watched)) {
      all.add(new AskedFor("rule " + rule.name(), watched.paced(measured(rule.expression()))));
    }
    return all;
  }

  /** For a variable of which one value is chosen, once for each. */
  private static List<String> replaced(String expression, Board board, Watched watched) {
    String text =
        expression
            .replace("$__rate_interval", "5s")
            .replace("$__interval", "1s")
            .replace("$__range", "15m");
    List<String> all = List.of(text);
    for (Variable variable : board.variables()) {
      String sign = "$" + variable.name();
      List<String> values = variable.all() ? List.of(".*") : List.copyOf(watched.agents().keySet());
      all =
          all.stream()
              .flatMap(one -> values.stream().map(value -> one.replace(sign, value)).distinct())
              .toList();
    }
    return all;
  }

  /** What a rule holds against its threshold. */
  static String measured(String rule) {
    Matcher threshold = THRESHOLD.matcher(rule);
    if (!threshold.matches()) {
      throw new IllegalArgumentException("no threshold in " + rule);
    }
    return threshold.group(1);
  }
}
