package dev.holdfast.telemetry;

/** Shows a database pool's own counts; counting costs the pool nothing more for it. */
final class PoolMeters {
  private PoolMeters() {}

  static void show(Meters meters, String pool, PoolReadings readings) {
    meters.reading(Catalogue.POOL_SIZE, pool).from(readings::connections);
    meters.reading(GivenMeter.DATABASE_POOL, pool).from(readings::connections);
    meters.reading(Catalogue.POOL_IN_USE, pool).from(readings::inUse);
    meters.reading(Catalogue.POOL_WAITING, pool).from(readings::waiting);
    meters.functionCounter(Catalogue.POOL_CUTS, readings, PoolReadings::cuts, pool);
    meters.functionCounter(
        Catalogue.POOL_COMMITS_UNKNOWN, readings, PoolReadings::commitsUnknown, pool);
    meters.functionCounter(Catalogue.POOL_STATEMENTS, readings, PoolReadings::statements, pool);
  }
}
