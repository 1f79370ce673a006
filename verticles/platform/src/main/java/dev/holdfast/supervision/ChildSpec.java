package dev.holdfast.supervision;

import io.vertx.core.Deployable;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Supplier;

/**
 * How one child starts, stops and is proven well. Begin with {@link #of} and name what differs.
 *
 * @param id its name for ever; deployment ids change with each restart
 * @param start makes a new instance each time, on the instance's own context; an instance that was
 *     used before would carry stale fields
 * @param options how it is deployed; exactly one instance, because each child has one life at a
 *     time
 * @param restart when it is started anew
 * @param startDeadline how long its start may take before it counts as failed
 * @param stopDeadline how long its stop may take before it is left behind as an orphan
 * @param critical whether the platform is of no use without it
 * @param proof real work through the child's own path, asked on its context; it is well again when
 *     the answer succeeds
 * @param proofDeadline how long one such answer may take
 * @param progress what it has done and has to do; any thread, must not block
 */
public record ChildSpec(
    String id,
    Supplier<? extends Deployable> start,
    DeploymentOptions options,
    Restart restart,
    Duration startDeadline,
    Duration stopDeadline,
    boolean critical,
    Supplier<? extends Future<?>> proof,
    Duration proofDeadline,
    Supplier<Progress> progress) {

  public ChildSpec {
    if (id.isBlank()) {
      throw new IllegalArgumentException("a child needs an id");
    }
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(restart, "restart");
    Objects.requireNonNull(proof, "proof");
    options = new DeploymentOptions(options);
    if (options.getInstances() != 1) {
      throw new IllegalArgumentException(
          "child " + id + " must have one instance, got " + options.getInstances());
    }
    positive(id, "startDeadline", startDeadline);
    positive(id, "stopDeadline", stopDeadline);
    positive(id, "proofDeadline", proofDeadline);
  }

  /**
   * A permanent, uncritical child on an event loop: 10 s to start, 5 s to stop, 2 s to answer a
   * proof, and proven by its context taking a task until {@link #provenBy} names real work.
   */
  public static ChildSpec of(String id, Supplier<? extends Deployable> start) {
    return new ChildSpec(
        id,
        start,
        new DeploymentOptions(),
        Restart.PERMANENT,
        Duration.ofSeconds(10),
        Duration.ofSeconds(5),
        false,
        Future::succeededFuture,
        Duration.ofSeconds(2),
        () -> Progress.NONE);
  }

  /** A copy, because deployment options can be changed. */
  @Override
  public DeploymentOptions options() {
    return new DeploymentOptions(options);
  }

  /** The same child deployed with other options. */
  public ChildSpec with(DeploymentOptions other) {
    return new ChildSpec(
        id,
        start,
        other,
        restart,
        startDeadline,
        stopDeadline,
        critical,
        proof,
        proofDeadline,
        progress);
  }

  /** The same child, started anew at other ends. */
  public ChildSpec as(Restart other) {
    return new ChildSpec(
        id,
        start,
        options,
        other,
        startDeadline,
        stopDeadline,
        critical,
        proof,
        proofDeadline,
        progress);
  }

  /** The same child with another start deadline. */
  public ChildSpec startWithin(Duration deadline) {
    return new ChildSpec(
        id,
        start,
        options,
        restart,
        deadline,
        stopDeadline,
        critical,
        proof,
        proofDeadline,
        progress);
  }

  /** The same child with another stop deadline. */
  public ChildSpec stopWithin(Duration deadline) {
    return new ChildSpec(
        id,
        start,
        options,
        restart,
        startDeadline,
        deadline,
        critical,
        proof,
        proofDeadline,
        progress);
  }

  /** The same child, without which the platform is of no use. */
  public ChildSpec asCritical() {
    return new ChildSpec(
        id,
        start,
        options,
        restart,
        startDeadline,
        stopDeadline,
        true,
        proof,
        proofDeadline,
        progress);
  }

  /**
   * The same child with a proof.
   *
   * @param work a command or query through the agent's own lane; called on the child's context,
   *     must not block it
   * @param within how long one answer may take; it is asked again until it succeeds
   */
  public ChildSpec provenBy(Supplier<? extends Future<?>> work, Duration within) {
    return new ChildSpec(
        id, start, options, restart, startDeadline, stopDeadline, critical, work, within, progress);
  }

  /** The same child with a count of its work; one that has some and does none has fallen. */
  public ChildSpec progressing(Supplier<Progress> count) {
    return new ChildSpec(
        id,
        start,
        options,
        restart,
        startDeadline,
        stopDeadline,
        critical,
        proof,
        proofDeadline,
        count);
  }

  private static void positive(String id, String field, Duration value) {
    if (value.toMillis() < 1) {
      throw new IllegalArgumentException(
          field + " of child " + id + " must be 1 ms or more, got " + value);
    }
  }
}
