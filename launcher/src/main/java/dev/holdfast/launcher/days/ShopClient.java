package dev.holdfast.launcher.days;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.days.Attempts.Attempt;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * The public API as a client sees it. A request is repeated under its key while the platform is
 * away or says that it can't answer now, so the platform may be killed and started again meanwhile.
 */
public final class ShopClient implements AutoCloseable {
  /** How long a request is repeated before it is given up. */
  public static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(20);
  private static final long FIRST_PAUSE_MS = 100;
  private static final long LONGEST_PAUSE_MS = 2_000;

  /** The same request is the same text on every run, so that it is known again under its key. */
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

  private final Supplier<Optional<Door>> door;
  private final Duration patience;
  private final Attempts attempts;
  private final Clock clock = Clock.system();
  private final HttpClient http;
  private final Queue<String> intents = new ConcurrentLinkedQueue<>();

  /**
   * An answer that is not to be repeated.
   *
   * @param status of HTTP
   * @param body empty when there was none, or no JSON
   * @param location where the thing is to be seen, or null
   */
  public record Answer(int status, JsonNode body, String location) {
    /** A text of the body, or "" when it is not there. */
    public String text(String field) {
      return body.path(field).asText("");
    }

    /** The code of a problem, or "". */
    public String code() {
      return text("code");
    }

    /** The id in the body, or the last part of the location, or null. */
    public String id() {
      String id = text("id");
      if (!id.isEmpty()) {
        return id;
      }
      return location == null ? null : location.substring(location.lastIndexOf('/') + 1);
    }
  }

  /**
   * A client.
   *
   * @param door asked before every attempt, because a platform that was started again may be
   *     elsewhere; empty while none runs
   * @param patience how long a request is repeated
   */
  public ShopClient(Supplier<Optional<Door>> door, Duration patience) {
    this(door, patience, Attempts.NONE);
  }

  /**
   * The same, its attempts heard.
   *
   * @param attempts told of each
   */
  ShopClient(Supplier<Optional<Door>> door, Duration patience, Attempts attempts) {
    this.door = door;
    this.patience = patience;
    this.attempts = attempts;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_WITHIN)
            .build();
  }

  /**
   * Asks for a change; blocks until it was answered.
   *
   * @param path below {@code /api/v1}
   * @param key names the change: the same key takes effect once
   * @throws ShopUnreachable when the patience is at its end
   */
  public Answer post(String path, String key, Object body) {
    byte[] content = write(body);
    Answer answer =
        repeat(
            path,
            key,
            request ->
                request
                    .header("Idempotency-Key", key)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofByteArray(content)));
    if (isIntent(answer)) {
      intents.add(path + "/" + answer.id());
    }
    return answer;
  }

  /**
   * Blocks until nothing that was accepted while the database was away waits to be entered any
   * more, or the patience is at its end. The books know nothing of it before.
   */
  public void awaitIntents() {
    long begin = System.nanoTime();
    String next = intents.peek();
    while (next != null && System.nanoTime() - begin < patience.toNanos()) {
      if (isIntent(get(next))) {
        LockSupport.parkNanos(Duration.ofMillis(FIRST_PAUSE_MS).toNanos());
      } else {
        intents.remove();
        next = intents.peek();
      }
    }
  }

  private static boolean isIntent(Answer answer) {
    return answer.text("status").equals("ACCEPTED_AS_INTENT");
  }

  /** Asks how something is; blocks until it was answered. */
  public Answer get(String path) {
    return repeat(path, "", HttpRequest.Builder::GET);
  }

  private static byte[] write(Object body) {
    try {
      return JSON.writeValueAsBytes(body);
    } catch (JsonProcessingException impossible) {
      throw new IllegalArgumentException("the request cannot be written as JSON", impossible);
    }
  }

  private interface Shape {
    HttpRequest.Builder of(HttpRequest.Builder request);
  }

  private Answer repeat(String path, String key, Shape shape) {
    long begin = System.nanoTime();
    long pause = FIRST_PAUSE_MS;
    String trouble = "no platform runs";
    do {
      Optional<Door> open = door.get();
      if (open.isPresent()) {
        try {
          Answer answer = heard(open.get(), path, key, shape);
          if (!isToRepeat(answer)) {
            return answer;
          }
          trouble = "it answered " + answer.status() + " " + answer.code();
        } catch (IOException lost) {
          trouble = String.valueOf(lost);
        }
      }
      LockSupport.parkNanos(Duration.ofMillis(pause).toNanos());
      pause = Math.min(2 * pause, LONGEST_PAUSE_MS);
    } while (System.nanoTime() - begin < patience.toNanos());
    throw new ShopUnreachable(
        "the platform did not answer %s for %d s: %s"
            .formatted(path, patience.toSeconds(), trouble));
  }

  /** What may be otherwise in a moment; a token may be one of the platform's former life. */
  private static boolean isToRepeat(Answer answer) {
    return answer.status() >= 500 || answer.status() == 429 || answer.status() == 401;
  }

  private Answer heard(Door open, String path, String key, Shape shape) throws IOException {
    Instant begun = clock.now();
    try {
      Answer answer = once(open, path, shape);
      String id = answer.id() == null ? "" : answer.id();
      attempts.attempted(
          new Attempt(path, key, begun, clock.now(), answer.status(), id, isIntent(answer)));
      return answer;
    } catch (IOException lost) {
      attempts.attempted(new Attempt(path, key, begun, clock.now(), 0, "", false));
      throw lost;
    }
  }

  private Answer once(Door open, String path, Shape shape) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(open.api() + "/api/v1" + path))
            .timeout(ANSWER_WITHIN)
            .header("Authorization", "Bearer " + open.token());
    try {
      HttpResponse<byte[]> response =
          http.send(shape.of(request).build(), BodyHandlers.ofByteArray());
      return new Answer(
          response.statusCode(),
          read(response.body()),
          response.headers().firstValue("Location").orElse(null));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new ShopUnreachable("the request " + path + " was interrupted");
    }
  }

  private static JsonNode read(byte[] body) {
    try {
      JsonNode read = JSON.readTree(body);
      return read == null ? MissingNode.getInstance() : read;
    } catch (IOException noJson) {
      return MissingNode.getInstance();
    }
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
