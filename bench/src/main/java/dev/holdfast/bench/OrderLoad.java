package dev.holdfast.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import java.net.URI;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Customers in a closed loop: each has one connection and orders again when it was answered. An
 * order has three lines of two units, a customer of its own and a payment that goes well. Confined
 * to one event loop, but for {@link #window}.
 */
final class OrderLoad implements AutoCloseable {
  private static final int LINES = 3;
  private static final int CREATED = 201;

  private final Vertx vertx;
  private final HttpClient http;
  private final RequestOptions request;
  private final int clients;
  private final String prefix = Long.toString(System.nanoTime(), Character.MAX_RADIX);
  private final SplittableRandom random;
  private final long traceIds = System.nanoTime() | 1;
  private long number;
  private Counting counting;
  private volatile boolean traced;

  /**
   * What was answered in a window.
   *
   * @param confirmed answers 201
   * @param others other answers by status; 0 for a connection that failed
   * @param p50Ms the middle latency of the confirmed, in ms
   * @param p99Ms which one in a hundred of them took longer than
   * @param nanos from the first request to the last answer
   */
  record Answers(
      long confirmed, Map<Integer, Long> others, double p50Ms, double p99Ms, long nanos) {
    double perSecond() {
      return confirmed * 1e9 / nanos;
    }
  }

  private static final class Counting {
    private final Promise<Answers> ended = Promise.promise();
    private final Map<Integer, Long> others = new TreeMap<>();
    private final long begin = System.nanoTime();
    private final long until;
    private long[] latencies = new long[1 << 16];
    private int confirmed;
    private int running;

    Counting(long nanos) {
      this.until = begin + nanos;
    }

    void answered(int status, long nanos) {
      if (status != CREATED) {
        others.merge(status, 1L, Long::sum);
        return;
      }
      if (confirmed == latencies.length) {
        latencies = Arrays.copyOf(latencies, 2 * confirmed);
      }
      latencies[confirmed++] = nanos / 1_000;
    }

    void end() {
      Arrays.sort(latencies, 0, confirmed);
      long nanos = System.nanoTime() - begin;
      ended.complete(new Answers(confirmed, others, millis(0.5), millis(0.99), nanos));
    }

    private double millis(double quantile) {
      int at = (int) Math.min(confirmed - 1L, (long) (confirmed * quantile));
      return confirmed == 0 ? 0 : latencies[at] / 1e3;
    }
  }

  /**
   * Customers that wait.
   *
   * @param seed the same seed orders the same goods
   */
  OrderLoad(URI api, String token, int clients, long seed) {
    this.vertx =
        Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1).setPreferNativeTransport(true));
    this.clients = clients;
    this.random = new SplittableRandom(seed);
    this.http =
        vertx.createHttpClient(
            new HttpClientOptions().setKeepAlive(true).setTcpNoDelay(true),
            new PoolOptions().setHttp1MaxSize(clients));
    this.request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(api.getHost())
            .setPort(api.getPort())
            .setURI("/api/v1/orders")
            .putHeader("Authorization", "Bearer " + token)
            .putHeader("Content-Type", "application/json");
  }

  /** Whether the requests from now on ask to be traced. */
  void trace(boolean wanted) {
    traced = wanted;
  }

  private RequestOptions request(String key) {
    RequestOptions own = new RequestOptions(request).putHeader("Idempotency-Key", key);
    return traced
        ? own.putHeader(
            "traceparent",
            "00-%016x%016x-%016x-01".formatted(traceIds, number, 0x1000_0000_0000L + number))
        : own;
  }

  /** Lets all customers order for a while; blocks until the last of them was answered. */
  Answers window(int seconds) {
    Counting window = new Counting(TimeUnit.SECONDS.toNanos(seconds));
    vertx.runOnContext(
        turn -> {
          counting = window;
          window.running = clients;
          for (int client = 0; client < clients; client++) {
            order(window);
          }
        });
    try {
      return window
          .ended
          .future()
          .toCompletionStage()
          .toCompletableFuture()
          .get(seconds + 60L, TimeUnit.SECONDS);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", stopped);
    } catch (ExecutionException | TimeoutException failed) {
      throw new BenchException("the orders were not answered: " + failed, failed);
    }
  }

  private void order(Counting window) {
    long begin = System.nanoTime();
    if (begin > window.until) {
      if (--window.running == 0) {
        window.end();
      }
      return;
    }
    String key = prefix + "-" + number++;
    http.request(request(key))
        .compose(sent -> sent.send(body(key)))
        .compose(OrderLoad::wholeAnswer)
        .onComplete(
            (status, failure) -> {
              window.answered(failure == null ? status : 0, System.nanoTime() - begin);
              order(window);
            });
  }

  private static Future<Integer> wholeAnswer(HttpClientResponse answer) {
    return answer.body().map(body -> answer.statusCode());
  }

  private Buffer body(String key) {
    StringBuilder body = new StringBuilder(512);
    body.append("{\"source\":\"bench\",\"externalNumber\":\"")
        .append(key)
        .append("\",\"customer\":\"")
        .append(key)
        .append("\",\"placedAt\":\"")
        .append(Instant.now())
        .append("\",\"currency\":\"GBP\",\"billing\":{\"country\":\"GB\"},")
        .append("\"shipping\":{\"country\":\"GB\"},\"paymentMethod\":\"tok_ok\",\"lines\":[");
    int third = Product.SKUS / LINES;
    for (int line = 0; line < LINES; line++) {
      body.append(line == 0 ? "" : ",")
          .append("{\"sku\":\"")
          .append(Product.FIRST_SKU + line * third + random.nextInt(third))
          .append("\",\"quantity\":2,\"unitPrice\":\"3.50\"}");
    }
    return Buffer.buffer(body.append("]}").toString());
  }

  @Override
  public void close() {
    vertx.close();
  }
}
