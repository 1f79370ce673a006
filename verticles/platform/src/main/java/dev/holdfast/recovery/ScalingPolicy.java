package dev.holdfast.recovery;

import java.time.Duration;

/**
 * When an agent's lane is widened and narrowed.
 *
 * @param drain what waits should be done within this time
 * @param looks so many looks in a row, a second apart, must show that it will not
 * @param step transactions by which the lane is widened at once
 * @param most transactions by which it is widened in all
 * @param headroom connections that must be free in the pool, besides the step
 * @param slow a transaction that takes longer on the average speaks against the database, and more
 *     of them would not help
 * @param idle how long nothing may wait before the lane is narrowed
 */
public record ScalingPolicy(
    Duration drain, int looks, int step, int most, int headroom, Duration slow, Duration idle) {}
