package dev.holdfast.launcher.watch;

import dev.holdfast.degradation.Capability;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.Future;

/** How one capability is looked at. Called on one event loop; never blocks. */
public interface Probe {
  /** What it says something of. */
  Capability capability();

  /**
   * Looks whether the capability is there. The failure's message is shown to operators.
   *
   * @param deadline when no answer is one
   */
  Future<?> look(Deadline deadline);

  /** Has it do real work, on the ways on which real work goes; asked before it counts as up. */
  default Future<?> prove(Deadline deadline) {
    return look(deadline);
  }
}
