package dev.holdfast.commerce.api;

import dev.holdfast.kernel.Deadline;
import dev.holdfast.workflow.Milestone;
import io.vertx.core.Future;
import java.util.Optional;
import java.util.UUID;

/** Where runs tell their answers; {@link dev.holdfast.workflow.Milestones#await} is it. */
@FunctionalInterface
public interface Waiting {
  /**
   * The answer of a run, or empty when it has none by the deadline. May complete on any thread.
   *
   * @param asked whether the run may have answered before
   */
  Future<Optional<Milestone>> await(UUID run, boolean asked, Deadline deadline);
}
