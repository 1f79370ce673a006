package dev.holdfast.launcher.failure;

import dev.holdfast.launcher.PlatformExtension;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a platform's listeners over HTTP, as an administrator. */
final class Asked {
  /** Nothing that is asked here may wait for anything. */
  private static final Duration WITHIN = Duration.ofSeconds(5);

  private final PlatformExtension platform;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  Asked(PlatformExtension platform) {
    this.platform = platform;
  }

  HttpClient http() {
    return http;
  }

  /** A request to a listener, with a token that it takes. */
  HttpRequest.Builder request(String listener, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port(listener) + path))
        .timeout(WITHIN)
        .header("Authorization", "Bearer " + platform.token(Role.ADMIN));
  }

  HttpResponse<String> get(String listener, String path) throws IOException, InterruptedException {
    return http.send(request(listener, path).build(), BodyHandlers.ofString());
  }

  JsonObject json(String listener, String path) throws IOException, InterruptedException {
    return new JsonObject(get(listener, path).body());
  }

  int post(String listener, String path) throws IOException, InterruptedException {
    return http.send(
            request(listener, path).POST(HttpRequest.BodyPublishers.noBody()).build(),
            BodyHandlers.discarding())
        .statusCode();
  }
}
