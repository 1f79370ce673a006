package dev.holdfast.launcher.settings;

import dev.holdfast.alert.Severity;
import dev.holdfast.kernel.Secret;
import java.net.URI;
import java.net.URISyntaxException;

/** Whom alerts are told. One without its address, or its key, is not told. */
public final class AlertReceivers {
  private static final int SECRET_MIN = 16;

  private AlertReceivers() {}

  /**
   * The log.
   *
   * @param enabled whether it is told
   * @param atLeast less urgent alerts are not told
   */
  public record Log(boolean enabled, Severity atLeast) {
    static Log shipped() {
      return new Log(true, Severity.INFO);
    }
  }

  /**
   * Slack, by an incoming webhook.
   *
   * @param url the webhook's address, which is a secret; empty: not told
   * @param atLeast less urgent alerts are not told
   */
  public record Slack(Secret url, Severity atLeast) {
    public Slack {
      requireAddress("url", url.reveal());
    }

    static Slack shipped() {
      return new Slack(Secret.of(""), Severity.WARNING);
    }

    /** Whether it is told. */
    public boolean isGiven() {
      return url.bytes() > 0;
    }
  }

  /**
   * PagerDuty, by its Events API v2.
   *
   * @param url the address of the API
   * @param routingKey the integration's key; empty: not told
   * @param atLeast less urgent alerts are not told
   */
  public record PagerDuty(String url, Secret routingKey, Severity atLeast) {
    public PagerDuty {
      if (url.isEmpty()) {
        throw new IllegalArgumentException("url must not be empty");
      }
      requireAddress("url", url);
    }

    static PagerDuty shipped() {
      return new PagerDuty(
          "https://events.pagerduty.com/v2/enqueue", Secret.of(""), Severity.ERROR);
    }

    /** Whether it is told. */
    public boolean isGiven() {
      return routingKey.bytes() > 0;
    }
  }

  /**
   * A receiver of one's own.
   *
   * @param url its address, which may hold a secret; empty: not told
   * @param secret signs what it is told, 16 bytes or more
   * @param atLeast less urgent alerts are not told
   */
  public record Webhook(Secret url, Secret secret, Severity atLeast) {
    public Webhook {
      requireAddress("url", url.reveal());
      if (url.bytes() > 0 && secret.bytes() < SECRET_MIN) {
        throw new IllegalArgumentException(
            "secret must be " + SECRET_MIN + " bytes or more when there is a url");
      }
    }

    static Webhook shipped() {
      return new Webhook(Secret.of(""), Secret.of(""), Severity.INFO);
    }

    /** Whether it is told. */
    public boolean isGiven() {
      return url.bytes() > 0;
    }
  }

  /** The address itself is not shown: it may be a secret. */
  static void requireAddress(String key, String text) {
    if (!text.isEmpty() && !isAddress(text)) {
      throw new IllegalArgumentException(
          key + " must be empty or begin with http:// or https:// and name a host");
    }
  }

  private static boolean isAddress(String text) {
    try {
      URI address = new URI(text);
      return ("http".equals(address.getScheme()) || "https".equals(address.getScheme()))
          && address.getHost() != null;
    } catch (URISyntaxException wrong) {
      return false;
    }
  }
}
