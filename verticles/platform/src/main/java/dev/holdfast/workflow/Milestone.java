package dev.holdfast.workflow;

import java.util.Objects;

/**
 * The recorded answer to whoever asked for the run: written once into the run's row, and only read
 * afterwards.
 *
 * @param status an HTTP status
 * @param body JSON
 */
public record Milestone(int status, String body) {
  public Milestone {
    Objects.requireNonNull(body, "body");
  }
}
