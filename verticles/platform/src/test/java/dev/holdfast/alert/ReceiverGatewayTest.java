package dev.holdfast.alert;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.JksOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReceiverGatewayTest {
  private static final String PASSWORD = "of-the-tests";
  private static final Document DOCUMENT = Document.of(Buffer.buffer("{}"));

  private final Vertx vertx = Vertx.vertx();
  private final ReceiverGateway gateway = new ReceiverGateway(vertx);
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private int serve(HttpServerOptions options, Consumer<HttpServerRequest> answer)
      throws Exception {
    HttpServer server =
        vertx
            .createHttpServer(options)
            .requestHandler(
                request -> {
                  asked.incrementAndGet();
                  answer.accept(request);
                })
            .listen(0, "127.0.0.1")
            .await(10, TimeUnit.SECONDS);
    return server.actualPort();
  }

  private ReceiverGateway.Reply post(String address, long withinMs) throws Exception {
    return gateway.post(address, DOCUMENT, Duration.ofMillis(withinMs)).await(10, TimeUnit.SECONDS);
  }

  private String http(Consumer<HttpServerRequest> answer) throws Exception {
    return "http://127.0.0.1:" + serve(new HttpServerOptions(), answer) + "/";
  }

  @Test
  void an_answer_without_end_is_not_read_to_its_end() throws Exception {
    Buffer piece = Buffer.buffer("x".repeat(8 * 1024));
    String address =
        http(
            request -> {
              request.response().setChunked(true);
              vertx.setPeriodic(1, tick -> request.response().write(piece));
            });
    ReceiverGateway.Reply reply = post(address, 5_000);
    assertEquals(200, reply.status());
    assertEquals(ReceiverGateway.TEXT_MAX, reply.text().length());
  }

  @Test
  void an_answer_that_trickles_ends_at_the_deadline() throws Exception {
    String address =
        http(
            request -> {
              request.response().setChunked(true);
              vertx.setPeriodic(20, tick -> request.response().write("."));
            });
    Unavailable late = assertThrows(Unavailable.class, () -> post(address, 300));
    assertEquals(Unavailable.DEADLINE_PASSED, late.code());
  }

  @Test
  void a_redirect_is_an_answer_and_is_not_followed() throws Exception {
    String elsewhere = http(request -> request.response().end());
    String address =
        http(
            request ->
                request.response().setStatusCode(303).putHeader("Location", elsewhere).end());
    assertEquals(303, post(address, 5_000).status());
    assertEquals(1, asked.get());
  }

  @Test
  void a_receiver_that_is_not_there_is_away_and_its_address_stays_a_secret() {
    Unavailable away =
        assertThrows(Unavailable.class, () -> post("http://127.0.0.1:1/secret", 5_000));
    assertEquals(AlertErrors.RECEIVER_AWAY, away.code());
    assertTrue(!away.getMessage().contains("secret"), away.getMessage());
  }

  @Test
  void a_receiver_whose_certificate_nobody_vouches_for_is_not_told(@TempDir Path folder)
      throws Exception {
    HttpServerOptions secure =
        new HttpServerOptions()
            .setSsl(true)
            .setKeyCertOptions(new JksOptions().setPath(store(folder)).setPassword(PASSWORD));
    int port = serve(secure, request -> request.response().end("ok"));
    Unavailable away =
        assertThrows(Unavailable.class, () -> post("https://localhost:" + port + "/", 5_000));
    assertEquals(AlertErrors.RECEIVER_AWAY, away.code());
    assertTrue(away.getCause() instanceof SSLException, String.valueOf(away.getCause()));
    assertEquals(0, asked.get());
  }

  /** A key and a certificate that its owner signed. */
  private static String store(Path folder) throws Exception {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "receiver",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-keystore",
                store.toString(),
                "-storetype",
                "JKS",
                "-storepass",
                PASSWORD,
                "-keypass",
                PASSWORD)
            .redirectErrorStream(true)
            .start();
    keytool.onExit().get(20, TimeUnit.SECONDS);
    assertEquals(
        0, keytool.exitValue(), new String(keytool.getInputStream().readAllBytes(), UTF_8));
    return store.toString();
  }
}
