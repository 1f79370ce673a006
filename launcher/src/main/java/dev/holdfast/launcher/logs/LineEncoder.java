package dev.holdfast.launcher.logs;

import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.encoder.Encoder;
import ch.qos.logback.core.encoder.EncoderBase;
import dev.holdfast.launcher.settings.Settings;
import java.util.Locale;

/** Lines for people, or JSON, as the process was told when it began. */
public final class LineEncoder extends EncoderBase<ILoggingEvent> {
  private static final String ECS = "holdfast.log.ecs";
  private static final String ENVIRONMENT = "holdfast.log.environment";

  private String pattern;
  private Encoder<ILoggingEvent> lines;

  /** To be called before anything logs: the log's configuration asks when it loads. */
  public static void writeAs(Settings settings) {
    System.setProperty(ECS, Boolean.toString(settings.logs().areJson(settings.profile())));
    System.setProperty(ENVIRONMENT, settings.profile().name().toLowerCase(Locale.ROOT));
  }

  /**
   * How lines for people look; {@code %ids}, {@code %text}, {@code %facts} and {@code %why} are
   * ours.
   */
  public void setPattern(String pattern) {
    this.pattern = pattern;
  }

  @Override
  public void start() {
    lines = Boolean.getBoolean(ECS) ? json() : text();
    lines.setContext(getContext());
    lines.start();
    super.start();
  }

  private static Encoder<ILoggingEvent> json() {
    EcsLines json = new EcsLines();
    json.setServiceName("holdfast");
    json.setServiceEnvironment(System.getProperty(ENVIRONMENT, "development"));
    return json;
  }

  private Encoder<ILoggingEvent> text() {
    PatternLayoutEncoder text =
        new PatternLayoutEncoder() {
          @Override
          public void start() {
            PatternLayout own = new PatternLayout();
            own.getInstanceConverterMap().putAll(TextLines.CONVERTERS);
            own.setContext(getContext());
            own.setPattern(getPattern());
            own.start();
            layout = own;
            started = true;
          }
        };
    text.setPattern(pattern);
    return text;
  }

  @Override
  public byte[] headerBytes() {
    return lines.headerBytes();
  }

  @Override
  public byte[] encode(ILoggingEvent event) {
    return lines.encode(event);
  }

  @Override
  public byte[] footerBytes() {
    return lines.footerBytes();
  }
}
