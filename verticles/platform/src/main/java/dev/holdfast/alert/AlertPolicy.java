package dev.holdfast.alert;

import java.time.Duration;
import java.util.Map;

/**
 * What is looked for, and how it is told.
 *
 * @param every time between looks
 * @param conditions by name
 * @param storm when alerts are told as one
 * @param delivery how receivers are told
 */
public record AlertPolicy(
    Duration every, Map<String, Condition> conditions, StormPolicy storm, DeliveryPolicy delivery) {
  public AlertPolicy {
    conditions = Map.copyOf(conditions);
  }
}
