package dev.holdfast.trace;

import dev.holdfast.kernel.Secret;
import java.net.URI;
import java.time.Duration;
import java.util.Objects;

/**
 * How traces reach a collector.
 *
 * @param collector the base address of OTLP over HTTP; {@code /v1/traces} follows it
 * @param authorization the header of that name; empty for none
 * @param sampled of the traces that begin here, 0 to 1; who names a trace decides for it
 * @param queueMax ended spans that may wait to be sent, 1 or more; what has no room is dropped
 * @param batchMax spans in one request, 1 to {@code queueMax}
 * @param every how long an ended span waits at most
 * @param timeout of one request
 * @param node names this process
 * @param environment such as {@code production}
 */
public record TraceSettings(
    URI collector,
    Secret authorization,
    double sampled,
    int queueMax,
    int batchMax,
    Duration every,
    Duration timeout,
    String node,
    String environment) {
  public TraceSettings {
    Objects.requireNonNull(collector, "collector");
    Objects.requireNonNull(authorization, "authorization");
    if (sampled < 0 || sampled > 1) {
      throw new IllegalArgumentException("sampled must be 0 to 1, got " + sampled);
    }
    if (batchMax < 1 || queueMax < batchMax) {
      throw new IllegalArgumentException("batchMax must be 1 to queueMax");
    }
  }
}
