package dev.holdfast.commerce.api;

import dev.holdfast.web.HttpLimits;
import java.time.Duration;

/**
 * How the API is served.
 *
 * @param host the address to bind to
 * @param port 1 to 65535; 0 takes a free one
 * @param request what a request may take, from its body's end to its answer
 * @param milestone how long a request waits for the end of its run's checks before it is answered
 *     with 202
 * @param limits what is taken from strangers
 */
public record GatewaySettings(
    String host, int port, Duration request, Duration milestone, HttpLimits limits) {

  /** 4.5 s a request, so that its caller has the answer within five; 2 s for the milestone. */
  public static GatewaySettings of(String host, int port, HttpLimits limits) {
    return new GatewaySettings(host, port, Duration.ofMillis(4_500), Duration.ofSeconds(2), limits);
  }

  public GatewaySettings {
    if (request.isNegative() || request.isZero() || milestone.isNegative()) {
      throw new IllegalArgumentException("the times of the API must be positive");
    }
  }
}
