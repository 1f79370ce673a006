package dev.holdfast.launcher;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Asks a running platform's management listener how it is. Blocks. */
final class ManagementClient {
  private static final Duration WITHIN = Duration.ofSeconds(10);
  private static final ObjectMapper JSON = new ObjectMapper();

  private ManagementClient() {}

  /**
   * The answer of {@code /status}.
   *
   * @throws Complaint when it does not answer
   */
  static JsonNode status(PlatformFile platform) {
    URI address = URI.create(platform.management() + "/status");
    HttpRequest request =
        HttpRequest.newBuilder(address)
            .timeout(WITHIN)
            .header("Authorization", "Bearer " + platform.adminToken())
            .build();
    try (HttpClient http = HttpClient.newBuilder().connectTimeout(WITHIN).build()) {
      HttpResponse<byte[]> answer = http.send(request, BodyHandlers.ofByteArray());
      if (answer.statusCode() != 200) {
        throw new Complaint(
            "the platform (process %d) answered %d to %s"
                .formatted(platform.pid(), answer.statusCode(), address));
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
}
