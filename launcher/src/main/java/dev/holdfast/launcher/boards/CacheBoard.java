package dev.holdfast.launcher.boards;

import static dev.holdfast.launcher.boards.Queries.grown;
import static dev.holdfast.launcher.boards.Queries.rate;

import dev.holdfast.launcher.boards.Panel.Kind;
import java.util.List;

/** What is kept in memory, in twelve panels. */
final class CacheBoard {
  private static final String HITS = "holdfast_cache_hits_total";
  private static final String MISSES = "holdfast_cache_misses_total";
  private static final String SIZE = "holdfast_cache_size_entries";
  private static final String EVICTIONS = "holdfast_cache_evictions_total";
  private static final String TYPE = "cache_type";
  private static final String LEGEND = "{{cache_type}}";
  private static final Steps GOOD = Steps.better(0.7, 0.9);

  /** The share of reads over five minutes that found what they looked for. */
  static final String HIT_RATE =
      "sum(rate(holdfast_cache_hits_total[5m])) / (sum(rate(holdfast_cache_hits_total[5m]))"
          + " + sum(rate(holdfast_cache_misses_total[5m])))";

  private static final String HIT_RATE_BY_TYPE =
      "sum by (cache_type) (rate(holdfast_cache_hits_total[1m])) / "
          + "(sum by (cache_type) (rate(holdfast_cache_hits_total[1m]))"
          + " + sum by (cache_type) (rate(holdfast_cache_misses_total[1m])))";

  private CacheBoard() {}

  static Board board() {
    return new Board(
        "04-cache",
        "04 Cache",
        "dashboards.md#04-cache",
        "10s",
        "now-1h",
        List.of(),
        List.of(
            Panel.of(Kind.GAUGE, "Overall hit rate", "percentunit", HIT_RATE).coloured(GOOD),
            Panel.of(Kind.STAT, "Hits", "short", grown(HITS, "$__range")),
            Panel.of(Kind.STAT, "Misses", "short", grown(MISSES, "$__range")),
            Panel.of(Kind.STAT, "Size", "short", "sum(" + SIZE + ")"),
            Panel.of(Kind.LINES, "Hit rate by type", "percentunit", HIT_RATE_BY_TYPE, LEGEND)
                .coloured(GOOD),
            Panel.of(Kind.LINES, "Hits and misses", "ops", rate(HITS), "hits")
                .and(rate(MISSES), "misses"),
            Panel.of(Kind.BAR_GAUGE, "Hit rate", "percentunit", HIT_RATE_BY_TYPE, LEGEND)
                .coloured(GOOD),
            Panel.of(
                Kind.BAR_GAUGE,
                "Size by type",
                "short",
                "sum by (cache_type) (" + SIZE + ")",
                LEGEND),
            Panel.of(Kind.DONUT, "Operations", "short", grown(HITS, "$__range"), "hits")
                .and(grown(MISSES, "$__range"), "misses")
                .and(grown(EVICTIONS, "$__range"), "evictions"),
            Panel.of(
                Kind.STACKED,
                "Evictions by reason",
                "ops",
                rate(EVICTIONS, "reason"),
                "{{reason}}"),
            Panel.of(
                    Kind.LINES,
                    "Size over time",
                    "short",
                    "sum by (cache_type) (" + SIZE + ")",
                    LEGEND)
                .wide(24),
            Panel.of(Kind.TABLE, "Summary by type", "short", grown(HITS, "$__range", TYPE), "hits")
                .and(grown(MISSES, "$__range", TYPE), "misses")
                .and(grown(EVICTIONS, "$__range", TYPE), "evictions")
                .and("sum by (cache_type) (" + SIZE + ")", "size")));
  }
}
