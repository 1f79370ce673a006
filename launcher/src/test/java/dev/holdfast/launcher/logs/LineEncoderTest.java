package dev.holdfast.launcher.logs;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import ch.qos.logback.core.OutputStreamAppender;
import dev.holdfast.kernel.Secret;
import dev.holdfast.launcher.settings.LogsSettings;
import dev.holdfast.launcher.settings.LogsSettings.Format;
import dev.holdfast.launcher.settings.Profile;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.trace.Span;
import dev.holdfast.trace.TraceSettings;
import dev.holdfast.trace.Traces;
import dev.holdfast.trace.Work;
import io.vertx.core.json.JsonObject;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class LineEncoderTest {
  private static final String ORDER = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
  private static final UUID RUN = UUID.fromString("3f333df6-90a4-4fda-8dd3-9485d27cee36");

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private final LoggerContext context = new LoggerContext();

  @AfterEach
  void forget() {
    context.stop();
    System.clearProperty("holdfast.log.ecs");
    System.clearProperty("holdfast.log.environment");
  }

  private Logger logger(Format format) {
    LineEncoder.writeAs(Settings.shipped().with(new LogsSettings(format)));
    context.setMDCAdapter(new LogbackMDCAdapter());
    LineEncoder encoder = new LineEncoder();
    encoder.setContext(context);
    encoder.setPattern("%-5level %text%facts%ids%n%why");
    encoder.start();
    OutputStreamAppender<ILoggingEvent> appender = new OutputStreamAppender<>();
    appender.setContext(context);
    appender.setEncoder(encoder);
    appender.setOutputStream(written);
    appender.start();
    Logger logger = context.getLogger("dev.holdfast.test");
    logger.setLevel(Level.DEBUG);
    logger.addAppender(appender);
    return logger;
  }

  private String text() {
    return written.toString(StandardCharsets.UTF_8);
  }

  private JsonObject line() {
    assertEquals(1, text().lines().count(), text());
    return new JsonObject(text());
  }

  private static Traces traces() {
    return Traces.to(
        new TraceSettings(
            URI.create("http://127.0.0.1:1"),
            Secret.of(""),
            1,
            10,
            10,
            Duration.ofSeconds(60),
            Duration.ofSeconds(1),
            "node",
            "test"),
        new Meters().traces());
  }

  @Tag("E-048")
  @Test
  void a_json_line_says_whose_doing_it_is() {
    Logger log = logger(Format.ECS);
    try (Traces traces = traces()) {
      Span span = traces.request(null, "POST /orders");
      new Work(span, "order", RUN, ORDER)
          .run(() -> log.atError().addKeyValue("code", "overloaded").log("{} failed", "placing"));
      assertEquals(span.traceId(), line().getString("trace.id"));
      assertEquals(span.spanId(), line().getString("span.id"));
    }
    assertEquals("placing failed", line().getString("message"));
    assertEquals("ERROR", line().getString("log.level"));
    assertEquals("order", line().getString("labels.agent"));
    assertEquals(RUN.toString(), line().getString("labels.run"));
    assertEquals(ORDER, line().getString("labels.order"));
    assertEquals("overloaded", line().getString("error.code"));
    assertEquals("holdfast", line().getString("service.name"));
    assertEquals("development", line().getString("service.environment"));
    assertTrue(line().containsKey("ecs.version"));
  }

  @Test
  void a_line_for_people_says_it_as_well() {
    Logger log = logger(Format.TEXT);
    new Work(Span.NONE, "aftersales", null, ORDER).run(() -> log.info("closed"));
    assertEquals("INFO  closed agent=aftersales return=" + ORDER, text().stripTrailing());
  }

  @Test
  void a_key_that_may_be_a_persons_is_not_written() {
    Logger log = logger(Format.TEXT);
    Work.of("customer", Span.NONE, ORDER).run(() -> log.info("one"));
    Work.of("order", Span.NONE, "customer/anna").run(() -> log.info("two"));
    assertFalse(text().contains(ORDER) || text().contains("anna"), text());
  }

  @Test
  void nobody_writes_a_line_of_his_own_by_what_he_sends() {
    String forged = "x\r\n2026-01-01 ERROR forged\u001b[31m\u2028\u0085";
    for (Format format : new Format[] {Format.TEXT, Format.ECS}) {
      written.reset();
      Logger log = logger(format);
      log.atWarn().addKeyValue("subject", forged).log("told {}", forged);
      log.detachAndStopAllAppenders();
      assertEquals(1, text().lines().count(), text());
      assertTrue(text().chars().allMatch(c -> c == '\n' || (c >= ' ' && c < 0x7f)), text());
    }
  }

  @Test
  void an_exceptions_message_writes_no_line_either() {
    Logger log = logger(Format.TEXT);
    Throwable cause = new IllegalStateException("inner\nERROR forged");
    log.warn("it failed", new IllegalArgumentException("outer\nERROR forged", cause));
    assertTrue(text().contains("Caused by: java.lang.IllegalStateException: inner\\u000aERROR"));
    assertTrue(text().contains("\tat " + LineEncoderTest.class.getName()), text());
    assertTrue(text().lines().noneMatch(line -> line.startsWith("ERROR")), text());
  }

  @Test
  void secrets_are_masked_by_their_type() {
    for (Format format : new Format[] {Format.TEXT, Format.ECS}) {
      Logger log = logger(format);
      Secret secret = Secret.of("hunter2");
      log.atWarn().addKeyValue("subject", secret).log("a key {} of {}", secret, new Holder(secret));
      assertFalse(text().contains("hunter2"), text());
      assertTrue(text().contains("***"), text());
      log.detachAndStopAllAppenders();
    }
  }

  private record Holder(Secret key) {}

  @Test
  void production_writes_json_unless_told_otherwise() {
    LogsSettings shipped = Settings.shipped().logs();
    assertTrue(shipped.areJson(Profile.PRODUCTION));
    assertFalse(shipped.areJson(Profile.DEVELOPMENT));
  }
}
