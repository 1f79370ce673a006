package dev.holdfast.web;

import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.handler.BodyHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What one listener takes from strangers.
 *
 * @param head from the opening of a connection to the end of its first request's head
 * @param body from the end of a request's head to the end of its body
 * @param idle how long a connection may lie still, and how long it may wait between requests
 * @param connections open at one time
 * @param json a request's body
 */
public record HttpLimits(
    Duration head, Duration body, Duration idle, int connections, JsonLimits json) {

  public static final HttpLimits DEFAULTS =
      new HttpLimits(
          Duration.ofSeconds(10),
          Duration.ofSeconds(30),
          Duration.ofSeconds(30),
          2_000,
          JsonLimits.DEFAULTS);

  private static final int REQUEST_LINE_BYTES = 4_096;
  private static final int HEADER_BYTES = 8_192;

  public HttpLimits {
    if (head.isNegative() || body.isNegative() || idle.isNegative() || connections < 1) {
      throw new IllegalArgumentException("HTTP limits must be positive");
    }
  }

  /**
   * Options with these limits: HTTP/1.1 alone, since h2 in clear text would bring limits of its
   * own, and no decompression, since a small body could unpack to a huge one.
   */
  public HttpServerOptions options() {
    HttpServerOptions options =
        new HttpServerOptions()
            .setMaxInitialLineLength(REQUEST_LINE_BYTES)
            .setMaxHeaderSize(HEADER_BYTES)
            .setMaxFormFields(0)
            .setHttp2ClearTextEnabled(false)
            .setDecompressionSupported(false);
    options.setUseAlpn(false);
    options.setIdleTimeout(Math.toIntExact(idle.toMillis()));
    options.setIdleTimeoutUnit(TimeUnit.MILLISECONDS);
    return options;
  }

  /** Reads bodies into memory up to the limit, 413 beyond it; writes no files. */
  public BodyHandler bodies() {
    return BodyHandler.create(false).setBodyLimit(json.bytes());
  }
}
