package dev.holdfast.alert;

import dev.holdfast.kernel.Unavailable;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Sends documents to receivers by HTTP. Redirects are not followed: they may lead anywhere. */
public final class ReceiverGateway {
  /** What is kept of an answer's body, in bytes; the rest is read over. */
  static final int TEXT_MAX = 200;

  /** A body that is longer, in bytes, is not read to its end. */
  static final int BODY_MAX = 64 * 1024;

  private static final int CONNECTIONS = 4;

  private final Vertx vertx;
  private final HttpClient client;

  /**
   * What came back.
   *
   * @param retryAfter the header, or null
   * @param text the beginning of the body
   */
  record Reply(int status, String retryAfter, String text) {}

  public ReceiverGateway(Vertx vertx) {
    this.vertx = vertx;
    this.client =
        vertx.createHttpClient(
            new HttpClientOptions().setVerifyHost(true),
            new PoolOptions().setHttp1MaxSize(CONNECTIONS));
  }

  /**
   * Posts a document.
   *
   * @param address an absolute address
   * @param within after this the connection is dropped
   * @return what came back, whatever its status; fails with {@link Unavailable} when nothing came
   */
  Future<Reply> post(String address, Document document, Duration within) {
    RequestOptions options =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setAbsoluteURI(address)
            .setConnectTimeout(within.toMillis())
            .putHeader("Content-Type", "application/json");
    document.headers().forEach(options::putHeader);
    Promise<Reply> reply = Promise.promise();
    Future<HttpClientRequest> request = client.request(options);
    long timer =
        vertx.setTimer(
            within.toMillis(),
            late -> {
              reply.tryFail(Unavailable.deadlinePassed("the receiver"));
              request.onSuccess(HttpClientRequest::reset);
            });
    request
        .compose(begun -> begun.send(document.body()).compose(ReceiverGateway::read))
        .onSuccess(reply::tryComplete)
        .onFailure(cause -> reply.tryFail(away(cause)));
    return reply.future().onComplete(done -> vertx.cancelTimer(timer));
  }

  /** The type of a failure says enough; its message may hold the address, which is a secret. */
  private static Unavailable away(Throwable cause) {
    return new Unavailable(
        AlertErrors.RECEIVER_AWAY, "the receiver: " + cause.getClass().getSimpleName(), cause);
  }

  private static Future<Reply> read(HttpClientResponse response) {
    Promise<Reply> read = Promise.promise();
    Buffer kept = Buffer.buffer();
    long[] seen = {0};
    response
        .exceptionHandler(read::tryFail)
        .handler(
            piece -> {
              seen[0] += piece.length();
              int room = TEXT_MAX - kept.length();
              kept.appendBuffer(piece.slice(0, Math.min(room, piece.length())));
              if (seen[0] > BODY_MAX) {
                read.tryComplete(reply(response, kept));
                response.request().reset();
              }
            })
        .endHandler(end -> read.tryComplete(reply(response, kept)));
    return read.future();
  }

  private static Reply reply(HttpClientResponse response, Buffer kept) {
    return new Reply(
        response.statusCode(),
        response.getHeader("Retry-After"),
        kept.toString(StandardCharsets.UTF_8));
  }
}
