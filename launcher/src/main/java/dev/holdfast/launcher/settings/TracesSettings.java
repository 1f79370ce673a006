package dev.holdfast.launcher.settings;

import dev.holdfast.kernel.Secret;
import java.net.URI;

/**
 * Where traces go.
 *
 * @param collector the base address of OTLP over HTTP, such as {@code http://127.0.0.1:4318};
 *     empty: nothing is traced
 * @param authorization the header of that name; empty for none
 * @param sampledPercent of the requests that name no trace themselves, 0 to 100
 * @param waitingMax ended spans that may wait, 1 to 1000000
 * @param batchMax spans in a request, 1 to {@code waitingMax}
 * @param everyMs how long an ended span waits at most, 10 to 60000
 * @param timeoutMs of a request, 100 to 60000
 */
public record TracesSettings(
    String collector,
    Secret authorization,
    int sampledPercent,
    int waitingMax,
    int batchMax,
    int everyMs,
    int timeoutMs) {
  public TracesSettings {
    Ranges.between("sampledPercent", 0, 100, sampledPercent);
    Ranges.between("waitingMax", 1, 1_000_000, waitingMax);
    Ranges.between("batchMax", 1, waitingMax, batchMax);
    Ranges.between("everyMs", 10, 60_000, everyMs);
    Ranges.between("timeoutMs", 100, 60_000, timeoutMs);
    if (!collector.isEmpty() && !isAddress(collector)) {
      throw new IllegalArgumentException("collector must be an address, http://host:port");
    }
  }

  private static boolean isAddress(String text) {
    try {
      URI address = URI.create(text);
      boolean overHttp = "http".equals(address.getScheme()) || "https".equals(address.getScheme());
      return overHttp && address.getHost() != null;
    } catch (IllegalArgumentException noAddress) {
      return false;
    }
  }

  static TracesSettings shipped() {
    return new TracesSettings("", Secret.of(""), 100, 8_192, 512, 1_000, 10_000);
  }

  /** The same, sent to another place. */
  public TracesSettings to(String address) {
    return new TracesSettings(
        address, authorization, sampledPercent, waitingMax, batchMax, everyMs, timeoutMs);
  }

  /** Whether anything is traced. */
  public boolean isOn() {
    return !collector.isEmpty();
  }
}
