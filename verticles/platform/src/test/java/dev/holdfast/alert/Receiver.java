package dev.holdfast.alert;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

/** A receiver over HTTP that answers as a test wants; it ends with its {@code Vertx}. */
final class Receiver {
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private final HttpServer server;
  private volatile Mood mood = Mood.WELL;

  /** How it answers. */
  enum Mood {
    WELL,
    BROKEN,
    /** Asks for a second of patience. */
    BUSY,
    SILENT,
    FUSSY
  }

  /** One document, and how it was answered. */
  record Heard(JsonObject body, String id, Mood mood, long nanos) {}

  Receiver(Vertx vertx) throws Exception {
    server =
        vertx
            .createHttpServer()
            .requestHandler(request -> request.body().onSuccess(body -> answer(request, body)))
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
  }

  String address() {
    return "http://127.0.0.1:" + server.actualPort() + "/told";
  }

  void be(Mood now) {
    mood = now;
  }

  private void answer(HttpServerRequest request, Buffer body) {
    Mood now = mood;
    heard.add(
        new Heard(body.toJsonObject(), request.getHeader("webhook-id"), now, System.nanoTime()));
    switch (now) {
      case WELL -> request.response().end("ok");
      case BROKEN -> request.response().setStatusCode(500).end("broken");
      case BUSY -> request.response().setStatusCode(429).putHeader("Retry-After", "1").end("busy");
      case SILENT -> {}
      case FUSSY -> request.response().setStatusCode(400).end("invalid_payload");
    }
  }

  /** All documents, answered in whatever way. */
  List<Heard> heard() {
    return heard;
  }

  /**
   * What was taken, as {@code type subject}, in order. What comes again under its id, because an
   * answer was late, is known.
   */
  List<String> taken() {
    Set<String> known = new HashSet<>();
    return heard.stream()
        .filter(one -> one.mood() == Mood.WELL && known.add(one.id()))
        .map(
            one ->
                one.body().getString("type")
                    + " "
                    + one.body().getJsonObject("data").getString("subject"))
        .toList();
  }
}
