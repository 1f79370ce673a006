package dev.holdfast.launcher.command;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A time as people write it: {@code 500ms}, {@code 30s}, {@code 2m}. */
final class ShortTime implements ITypeConverter<Duration> {
  private static final Pattern WRITTEN = Pattern.compile("(\\d{1,6})(ms|s|m)");

  @Override
  public Duration convert(String text) {
    Matcher written = WRITTEN.matcher(text);
    if (!written.matches()) {
      throw new TypeConversionException("\"" + text + "\" is no time like 500ms, 30s or 2m");
    }
    long number = Long.parseLong(written.group(1));
    return switch (written.group(2)) {
      case "ms" -> Duration.ofMillis(number);
      case "s" -> Duration.ofSeconds(number);
      default -> Duration.ofMinutes(number);
    };
  }
}
