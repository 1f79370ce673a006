package dev.holdfast.supervision;

/** Where a child is in its life. */
public enum Phase {
  /** An instance is being deployed. */
  STARTING,
  /** An instance is deployed; whether it is also well, its proof says. */
  RUNNING,
  /** An instance is being undeployed, before a restart or for good. */
  STOPPING,
  /** It starts when something it needs is back: an outage has ended, or one before it runs. */
  WAITING,
  /** It crashed and starts when its backoff, or the restart budget, allows. */
  BACKING_OFF,
  /** It crashed too often and stays down until a person unparks it. */
  PARKED,
  /** It is over and is not started anew (see {@link Restart}). */
  ENDED,
  /** It was not started yet, or the supervisor has stopped. */
  STOPPED
}
