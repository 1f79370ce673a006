package dev.holdfast.telemetry;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The names under which meters are shown: as they are declared, but for those that the requirements
 * give with our prefix, which may have another.
 *
 * @param prefix such as {@value #SHIPPED}; letters, digits, underscores and colons
 */
public record MetricNames(String prefix) {
  /** The prefix that they are declared with. */
  public static final String SHIPPED = "holdfast_";

  private static final Pattern VALID = Pattern.compile("[a-zA-Z_:][a-zA-Z0-9_:]{0,39}");
  private static final Pattern NAME = Pattern.compile("\\b" + SHIPPED + "([a-z_]+)");
  private static final Pattern PART = Pattern.compile("_(bucket|sum|count|max)$");

  private static final Set<String> GIVEN =
      Arrays.stream(GivenMeter.values())
          .map(GivenMeter::title)
          .filter(title -> title.startsWith(SHIPPED))
          .collect(Collectors.toUnmodifiableSet());

  public MetricNames {
    if (!VALID.matcher(prefix).matches()) {
      throw new IllegalArgumentException(
          "prefix must begin with a letter and have letters, digits, _ and : only, up to 40");
    }
  }

  /** As they are declared. */
  public static MetricNames shipped() {
    return new MetricNames(SHIPPED);
  }

  /** The name of a meter; a histogram's parts add {@code _bucket} and so on. */
  public String of(Meter meter) {
    return shown(meter.title());
  }

  private String shown(String title) {
    return GIVEN.contains(title) ? prefix + title.substring(SHIPPED.length()) : title;
  }

  /** A text, such as an expression, with these names in place of the declared ones. */
  public String in(String text) {
    if (prefix.equals(SHIPPED)) {
      return text;
    }
    return NAME.matcher(text)
        .replaceAll(found -> Matcher.quoteReplacement(shownWithPart(found.group())));
  }

  private String shownWithPart(String name) {
    String title = PART.matcher(name).replaceFirst("");
    return GIVEN.contains(name) ? shown(name) : shown(title) + name.substring(title.length());
  }
}
