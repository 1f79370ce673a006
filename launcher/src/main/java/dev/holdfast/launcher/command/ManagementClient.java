package dev.holdfast.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.launcher.process.Complaint;
import dev.holdfast.launcher.process.PlatformFile;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a running platform's management listener. Blocks. */
final class ManagementClient {
  private static final Duration CONNECT_WITHIN = Duration.ofSeconds(10);

  /** To stop a server may take its time. */
  private static final Duration WITHIN = Duration.ofSeconds(40);

  private static final Duration GLANCE = Duration.ofSeconds(1);
  private static final ObjectMapper JSON = new ObjectMapper();

  private ManagementClient() {}

  /**
   * The answer of {@code /status}.
   *
   * @throws Complaint when it does not answer
   */
  static JsonNode status(PlatformFile platform) {
    return ask(platform, "GET", "/status", "");
  }

  /** The answer of a route within a second, whatever its status. */
  static JsonNode glance(PlatformFile platform, HttpClient http, String path) {
    URI address = URI.create(platform.management() + path);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(GLANCE)
            .header("Authorization", "Bearer " + platform.adminToken())
            .build();
    try {
      return JSON.readTree(http.send(request, BodyHandlers.ofByteArray()).body());
    } catch (IOException silent) {
      throw new Complaint(address + " is silent: " + silent.getMessage());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Complaint("stopped while asking " + address);
    }
  }

  /**
   * The answer of one route.
   *
   * @param body JSON, or empty
   * @throws Complaint when it does not answer, or refuses
   */
  static JsonNode ask(PlatformFile platform, String method, String path, String body) {
    URI address = URI.create(platform.management() + path);
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(WITHIN)
            .header("Authorization", "Bearer " + platform.adminToken())
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString(body))
            .build();
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(CONNECT_WITHIN).build()) {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() / 100 != 2) {
        throw new Complaint(
            "the platform (process %d) answered %d to %s%s"
                .formatted(platform.pid(), answer.statusCode(), address, detail(answer.body())));
      }
      return JSON.readTree(answer.body());
    } catch (IOException silent) {
      throw new Complaint(
          "the platform (process %d) does not answer at %s: %s"
              .formatted(platform.pid(), address, silent.getMessage()));
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new Complaint("stopped while asking " + address);
    }
  }

  /** What a problem says of itself. */
  private static String detail(byte[] problem) throws IOException {
    String detail = JSON.readTree(problem).path("detail").asText("");
    return detail.isEmpty() ? "" : ": " + detail;
  }
}
