package dev.holdfast.chaos;

/** How the local journal is broken: given by whoever has one. */
public interface JournalFaults {
  /** It refuses what comes, as on a full disk. */
  Injector.Ending fill();

  /** What is read from it fails its check. */
  Injector.Ending corrupt();
}
