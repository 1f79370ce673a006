package dev.holdfast.alert;

import dev.holdfast.alert.Notification.Transition;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.Locale;

/**
 * Messages for an incoming webhook of Slack: {@code text}, which notifications and old clients
 * show, and blocks.
 */
public final class SlackFormat implements DocumentFormat {
  /** The longest header block. */
  static final int HEADER_MAX = 150;

  /** The longest text of a section. */
  static final int SECTION_MAX = 3_000;

  /** The longest text of a field. */
  static final int FIELD_MAX = 2_000;

  private final Runbooks runbooks;

  public SlackFormat(Runbooks runbooks) {
    this.runbooks = runbooks;
  }

  @Override
  public Document document(Delivery delivery, Instant now) {
    return Document.of(message(delivery.what()).toBuffer());
  }

  JsonObject message(Notification what) {
    String title = title(what);
    JsonArray blocks =
        new JsonArray()
            .add(
                new JsonObject()
                    .put("type", "header")
                    .put(
                        "text",
                        new JsonObject()
                            .put("type", "plain_text")
                            .put("text", cut(title, HEADER_MAX))))
            .add(new JsonObject().put("type", "section").put("text", markdown(said(what))))
            .add(new JsonObject().put("type", "section").put("fields", fields(what)))
            .add(
                new JsonObject()
                    .put("type", "context")
                    .put("elements", new JsonArray().add(markdown(foot(what)))));
    return new JsonObject()
        .put("text", cut(escaped(title) + ": " + said(what), SECTION_MAX))
        .put("blocks", blocks);
  }

  private static String title(Notification what) {
    String state =
        what.transition() == Transition.FIRING
            ? what.severity().name()
            : what.transition().name().toUpperCase(Locale.ROOT);
    return "%s %s (%s)".formatted(state, what.condition(), what.subject());
  }

  private static String said(Notification what) {
    return switch (what.transition()) {
      case FIRING -> escaped(what.text());
      case ACKNOWLEDGED -> escaped(what.by()) + " looks after it. It was: " + escaped(what.text());
      case RESOLVED ->
          what.by().equals(Alert.AUTOMATIC)
              ? "It is over. It was: " + escaped(what.text())
              : "Resolved by "
                  + escaped(what.by())
                  + (what.note().isEmpty() ? "" : ": " + escaped(what.note()))
                  + ". It was: "
                  + escaped(what.text());
    };
  }

  private static JsonArray fields(Notification what) {
    return new JsonArray()
        .add(field("Subject", what.subject()))
        .add(field("Severity", what.severity().label()))
        .add(field("Since", what.firstSeen().toString()))
        .add(field("Times", String.valueOf(what.count())));
  }

  private String foot(Notification what) {
    String where = "node %s, fingerprint %s".formatted(escaped(what.node()), what.fingerprint());
    return runbooks
        .of(what.condition())
        .map(link -> where + ", <" + link + "|what to do>")
        .orElse(where);
  }

  private static JsonObject field(String name, String value) {
    return markdown(cut("*" + name + "*\n" + escaped(value), FIELD_MAX));
  }

  private static JsonObject markdown(String text) {
    return new JsonObject().put("type", "mrkdwn").put("text", cut(text, SECTION_MAX));
  }

  /** The three characters that mean something to Slack. */
  private static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private static String cut(String text, int max) {
    return text.length() <= max ? text : text.substring(0, max - 1) + "…";
  }
}
