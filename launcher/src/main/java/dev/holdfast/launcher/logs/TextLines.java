package dev.holdfast.launcher.logs;

import ch.qos.logback.classic.pattern.ClassicConverter;
import ch.qos.logback.classic.pattern.ThrowableHandlingConverter;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import ch.qos.logback.core.pattern.DynamicConverter;
import dev.holdfast.trace.Work;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.event.KeyValuePair;

/**
 * The words of a pattern that write what somebody else may have said, without control characters.
 */
final class TextLines {
  /** Words of a pattern, by name; of the type that a layout takes. */
  @SuppressWarnings("rawtypes")
  static final Map<String, Supplier<DynamicConverter>> CONVERTERS =
      Map.of("ids", WhoseWork::new, "text", Message::new, "facts", Facts::new, "why", Why::new);

  private static final int FIRST_PRINTED = 0x20;
  private static final int DELETE = 0x7f;
  private static final int LAST_CONTROL = 0x9f;
  private static final int LINE_SEPARATOR = 0x2028;
  private static final int PARAGRAPH_SEPARATOR = 0x2029;

  private TextLines() {}

  /** The text with each control character written as its number in hexadecimal digits. */
  static String escaped(String text) {
    StringBuilder escaped = null;
    for (int at = 0; at < text.length(); at++) {
      char c = text.charAt(at);
      if (isControl(c)) {
        escaped = escaped == null ? new StringBuilder(text.substring(0, at)) : escaped;
        escaped.append("\\u%04x".formatted((int) c));
      } else if (escaped != null) {
        escaped.append(c);
      }
    }
    return escaped == null ? text : escaped.toString();
  }

  private static boolean isControl(char c) {
    return c < FIRST_PRINTED
        || (c >= DELETE && c <= LAST_CONTROL)
        || c == LINE_SEPARATOR
        || c == PARAGRAPH_SEPARATOR;
  }

  /** {@code %ids}. */
  static final class WhoseWork extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
      StringBuilder ids = new StringBuilder();
      Ids.of(
          Work.current(),
          (name, value) ->
              ids.append(' ').append(shortly(name)).append('=').append(escaped(value)));
      return ids.toString();
    }

    private static String shortly(String name) {
      return name.replace("labels.", "").replace(".id", "");
    }
  }

  /** {@code %text}. */
  static final class Message extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
      return escaped(String.valueOf(event.getFormattedMessage()));
    }
  }

  /** {@code %facts}. */
  static final class Facts extends ClassicConverter {
    @Override
    public String convert(ILoggingEvent event) {
      if (event.getKeyValuePairs() == null) {
        return "";
      }
      StringBuilder facts = new StringBuilder();
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        facts
            .append(' ')
            .append(escaped(pair.key))
            .append("=\"")
            .append(escaped(String.valueOf(pair.value)))
            .append('"');
      }
      return facts.toString();
    }
  }

  /** {@code %why}: an exception, whose message may say anything. */
  static final class Why extends ThrowableHandlingConverter {
    private static final int CAUSES_MAX = 16;

    @Override
    public String convert(ILoggingEvent event) {
      StringBuilder why = new StringBuilder();
      IThrowableProxy thrown = event.getThrowableProxy();
      for (int depth = 0; thrown != null && depth < CAUSES_MAX; depth++) {
        why.append(depth == 0 ? "" : "Caused by: ").append(escaped(first(thrown)));
        why.append(System.lineSeparator());
        frames(thrown, why);
        thrown = thrown.getCause();
      }
      return why.toString();
    }

    private static String first(IThrowableProxy thrown) {
      String name = thrown.getClassName();
      return thrown.getMessage() == null ? name : name + ": " + thrown.getMessage();
    }

    private static void frames(IThrowableProxy thrown, StringBuilder to) {
      StackTraceElementProxy[] frames = thrown.getStackTraceElementProxyArray();
      int own = frames.length - thrown.getCommonFrames();
      for (int at = 0; at < own; at++) {
        to.append('\t').append(frames[at].getSTEAsString()).append(System.lineSeparator());
      }
      if (own < frames.length) {
        to.append("\t... ").append(frames.length - own).append(" common frames");
        to.append(System.lineSeparator());
      }
    }
  }
}
