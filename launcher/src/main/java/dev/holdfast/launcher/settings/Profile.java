package dev.holdfast.launcher.settings;

/** What the process is for, which decides what it allows. */
public enum Profile {
  /** A person tries things out: it makes its own keys, and agents may be crashed on purpose. */
  DEVELOPMENT,
  /** A test: as development. */
  TEST,
  /** Real orders: no start without real secrets, no faults on demand. */
  PRODUCTION
}
