package dev.holdfast.launcher.health;

import com.sun.management.OperatingSystemMXBean;
import dev.holdfast.agent.AgentHost;
import dev.holdfast.performance.Resource;
import dev.holdfast.postgres.PoolFigures;
import dev.holdfast.telemetry.LaneMeters;
import dev.holdfast.telemetry.Meters;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.function.Supplier;

/** What the platform can use up: lanes, pools, and the machine's processors. Any thread. */
public final class ResourceList implements Supplier<List<Resource>> {
  private final List<Lane> lanes = new ArrayList<>();
  private final Supplier<List<PoolFigures>> pools;
  private final OperatingSystemMXBean machine =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private record Lane(AgentHost host, LaneMeters meters) {
    Resource resource() {
      return new Resource.Busy(
          "lane " + host.name(), meters.batchSeconds(), host.transactionsMax(), host.waiting());
    }
  }

  /**
   * @param pools those that agents work over
   */
  public ResourceList(
      Collection<AgentHost> hosts, Meters meters, Supplier<List<PoolFigures>> pools) {
    hosts.forEach(host -> lanes.add(new Lane(host, meters.lane(host.name()))));
    this.pools = pools;
  }

  @Override
  public List<Resource> get() {
    List<Resource> all = new ArrayList<>();
    lanes.forEach(lane -> all.add(lane.resource()));
    for (PoolFigures pool : pools.get()) {
      all.add(new Resource.Held("pool " + pool.name(), pool.inUse(), pool.size(), pool.waiting()));
    }
    int processors = machine.getAvailableProcessors();
    // Negative while the machine does not say it.
    double busy = Math.max(0, machine.getCpuLoad()) * processors;
    all.add(new Resource.Held("processors", busy, processors, 0));
    return all;
  }
}
