package dev.holdfast.supervision;

/** What the supervisor has counted since it began; touched on its own loop alone. */
final class Tally {
  long orphans;
  long droppedStarts;
  long pauses;
  long outages;
}
