package dev.holdfast.trace;

import io.opentelemetry.api.common.AttributeKey;

/**
 * All that a span may say. Names follow OpenTelemetry's conventions where there are any; those of
 * messaging are not settled yet, and may change here alone.
 */
public enum Fact {
  AGENT("holdfast.agent"),
  /** The command's id. */
  COMMAND("holdfast.command.id"),
  /** {@code done}, or the code of the refusal. */
  OUTCOME("holdfast.outcome"),
  /** How many commands share the transaction. */
  BATCH("holdfast.batch.size"),
  RUN("holdfast.run.id"),
  WORKFLOW("holdfast.workflow"),
  METHOD("http.request.method"),
  /** The template of the path; a path may carry what must not be told. */
  ROUTE("http.route"),
  STATUS("http.response.status_code"),
  DATABASE("db.system.name"),
  OPERATION("db.operation.name"),
  TABLE("db.collection.name"),
  MESSAGING("messaging.system"),
  TOPIC("messaging.destination.name"),
  EVENT("messaging.message.id"),
  /** The code of an outage, or the class of what was thrown. */
  ERROR("error.type");

  // Keys that nobody can change, which the checker can't see.
  @SuppressWarnings("Immutable")
  private final AttributeKey<String> text;

  @SuppressWarnings("Immutable")
  private final AttributeKey<Long> number;

  Fact(String name) {
    this.text = AttributeKey.stringKey(name);
    this.number = AttributeKey.longKey(name);
  }

  AttributeKey<String> text() {
    return text;
  }

  AttributeKey<Long> number() {
    return number;
  }
}
