package dev.holdfast.launcher.settings;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Where the process listens. The ports are as configured; {@link #listeners} has them shifted.
 *
 * @param bind the address of all listeners
 * @param portOffset added to every port, 0 to 50000, so that platforms run side by side
 * @param api the public HTTP API
 * @param management administration and probes
 * @param metrics the whole process for Prometheus
 * @param observability live events
 * @param agents one listener for each agent, by its name
 */
public record HttpSettings(
    String bind,
    int portOffset,
    int api,
    int management,
    int metrics,
    int observability,
    Map<String, Integer> agents) {
  /** The key of the listener without which the process goes on when its port is taken. */
  public static final String OPTIONAL = "metrics";

  private static final int OFFSET_MAX = 50_000;

  public HttpSettings {
    if (bind.isBlank()) {
      throw new IllegalArgumentException("bind must name an address");
    }
    Ranges.between("portOffset", 0, OFFSET_MAX, portOffset);
    agents = Map.copyOf(agents);
    Map<Integer, String> taken = new TreeMap<>();
    for (Map.Entry<String, Integer> port :
        ports(api, management, metrics, observability, agents).entrySet()) {
      Ranges.between(port.getKey(), 0, Ranges.PORT_MAX - portOffset, port.getValue());
      String other = taken.putIfAbsent(port.getValue(), port.getKey());
      if (other != null && port.getValue() != 0) {
        throw new IllegalArgumentException(
            other + " and " + port.getKey() + " have the same port " + port.getValue());
      }
    }
  }

  static HttpSettings shipped() {
    Map<String, Integer> agents = new LinkedHashMap<>();
    agents.put("order", 8001);
    agents.put("inventory", 8002);
    agents.put("product", 8003);
    agents.put("payment", 8004);
    agents.put("warehouse", 8005);
    agents.put("transport", 8006);
    agents.put("marketplace", 8007);
    agents.put("customer", 8008);
    agents.put("aftersales", 8009);
    agents.put("quality", 8010);
    agents.put("backoffice", 8011);
    agents.put("fraud", 8012);
    agents.put("documents", 8013);
    agents.put("knowledge", 8020);
    agents.put("risk", 8021);
    return new HttpSettings("127.0.0.1", 0, 8080, 8081, 9091, 4000, agents);
  }

  /** Every listener's port with the offset added, by the key it is configured under. */
  public Map<String, Integer> listeners() {
    Map<String, Integer> shifted = ports(api, management, metrics, observability, agents);
    shifted.replaceAll((key, port) -> port + portOffset);
    return shifted;
  }

  /** The port of one listener, by its key: {@code api}, {@code agents.order} and so on. */
  public int listener(String key) {
    Integer port = listeners().get(key);
    if (port == null) {
      throw new IllegalArgumentException("no listener " + key + ", there are " + listeners());
    }
    return port;
  }

  private static Map<String, Integer> ports(
      int api, int management, int metrics, int observability, Map<String, Integer> agents) {
    Map<String, Integer> ports = new LinkedHashMap<>();
    ports.put("api", api);
    ports.put("management", management);
    ports.put(OPTIONAL, metrics);
    ports.put("observability", observability);
    new TreeMap<>(agents).forEach((agent, port) -> ports.put("agents." + agent, port));
    return ports;
  }
}
