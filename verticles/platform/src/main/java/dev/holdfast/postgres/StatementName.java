package dev.holdfast.postgres;

import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a statement is called where statements are counted.
 *
 * @param operation the first thing it changes something by; else {@code select}, or its first word
 * @param table what it does that to, {@code none} when it names no table
 */
record StatementName(String operation, String table) {
  private static final String NONE = "none";
  private static final String NAME = "([a-z_][a-z0-9_.]*)";

  /** Not behind FOR or DO, where UPDATE is no operation. */
  private static final Pattern CHANGE =
      Pattern.compile(
          "(?<!for )(?<!no key )(?<!do )\\b(insert into|update|delete from|merge"
              + " into)\\s+(?:only\\s+)?"
              + NAME);

  private static final Pattern READ = Pattern.compile("\\bfrom\\s+(?:only\\s+)?" + NAME);

  static StatementName of(String sql) {
    String text = sql.toLowerCase(Locale.ROOT).replaceAll("--[^\n]*", " ").replaceAll("\\s+", " ");
    Matcher change = CHANGE.matcher(text);
    if (change.find()) {
      return new StatementName(firstWord(change.group(1)), change.group(2));
    }
    String first = firstWord(text.strip());
    String operation = first.equals("with") ? "select" : first;
    Matcher read = READ.matcher(text);
    return new StatementName(operation, read.find() ? read.group(1) : NONE);
  }

  boolean namesTable() {
    return !table.equals(NONE);
  }

  private static String firstWord(String text) {
    int end = text.indexOf(' ');
    return end < 0 ? text : text.substring(0, end);
  }
}
