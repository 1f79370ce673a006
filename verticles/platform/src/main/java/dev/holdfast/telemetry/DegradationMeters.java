package dev.holdfast.telemetry;

/** What is broken, and what is still offered. */
public final class DegradationMeters {
  private final Meters meters;

  DegradationMeters(Meters meters) {
    this.meters = meters;
  }

  /** The platform's level, 0 full to 4 failed. */
  public Reading level() {
    return meters.reading(Catalogue.PLATFORM_LEVEL);
  }

  /** How long it has been at that level, in seconds. */
  public Reading levelSeconds() {
    return meters.reading(Catalogue.PLATFORM_LEVEL_SECONDS);
  }

  /** 0 normal, 1 degraded, 2 minimal, 3 emergency. */
  public Reading mode() {
    return meters.reading(Catalogue.MODE);
  }

  /** How much of all features is left, 0 to 100. */
  public Reading health() {
    return meters.reading(Catalogue.FEATURES_HEALTH);
  }

  /** The platform came to a level. */
  public void changed(int level) {
    meters.counter(Catalogue.LEVEL_CHANGES, String.valueOf(level)).increment();
  }

  /** 1 when the capability is there, 0 when it is down. */
  public Reading capability(String label) {
    return meters.reading(Catalogue.CAPABILITY, label);
  }

  /** The level of one agent. */
  public Reading level(String agent) {
    return meters.level(agent);
  }
}
