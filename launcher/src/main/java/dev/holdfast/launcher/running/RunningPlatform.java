package dev.holdfast.launcher.running;

import dev.holdfast.kernel.Clock;
import dev.holdfast.launcher.faults.Chaos;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.launcher.process.PlatformFile;
import dev.holdfast.launcher.process.Waiting;
import dev.holdfast.launcher.routes.Doors;
import dev.holdfast.launcher.servers.Credentials;
import dev.holdfast.launcher.servers.EmbeddedServices;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.web.Caller.Role;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A whole platform in this process: servers, agents, listeners. Closed in reverse. */
public final class RunningPlatform implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RunningPlatform.class);

  /** So long the public API stays shut for what was not seen to work yet. */
  private static final Duration FULL_SERVICE = Duration.ofSeconds(10);

  private final Path folder;
  private final Chaos chaos;
  private final EmbeddedServices services;
  private final Platform platform;
  private final Doors doors;
  private final Map<String, Integer> ports = new TreeMap<>();

  private RunningPlatform(
      Path folder, Chaos chaos, EmbeddedServices services, Platform platform, Doors doors) {
    this.folder = folder;
    this.chaos = chaos;
    this.services = services;
    this.platform = platform;
    this.doors = doors;
  }

  /** Starts everything, or nothing: what was begun is stopped when a part fails. Blocks. */
  public static RunningPlatform start(Settings settings) throws InterruptedException {
    Path folder = settings.data().folder();
    Chaos chaos = Chaos.of(settings, Clock.system());
    EmbeddedServices services = null;
    Platform platform = null;
    try {
      services = EmbeddedServices.start(settings, Clock.system(), chaos.wires());
      Credentials credentials = Credentials.of(folder);
      platform = Platform.start(settings, services, credentials, chaos.disturbance());
      chaos.over(platform, services);
      Doors doors = new Doors(platform, settings, credentials, chaos);
      RunningPlatform running = new RunningPlatform(folder, chaos, services, platform, doors);
      running.open(settings);
      return running;
    } catch (RuntimeException failed) {
      if (platform != null) {
        platform.close();
      }
      if (services != null) {
        services.close();
      }
      chaos.close();
      throw failed;
    }
  }

  private void open(Settings settings) {
    ports.putAll(doors.open());
    // Who is told that the platform is up finds all of it, unless something really is away.
    if (!Waiting.within(platform.degradation().watch().allThere(), FULL_SERVICE)) {
      LOG.warn("opening with less than all: {}", platform.degradation().watch().reasons());
    }
    ports.put("api", doors.openApi());
    new PlatformFile(
            ProcessHandle.current().pid(),
            address(settings, ports.get("api")),
            address(settings, ports.get("management")),
            tokens().get(Role.ADMIN),
            tokens().get(Role.MERCHANT))
        .write(folder);
  }

  private static String address(Settings settings, int port) {
    return "http://" + settings.http().bind() + ":" + port;
  }

  public EmbeddedServices services() {
    return services;
  }

  public Chaos chaos() {
    return chaos;
  }

  public Platform platform() {
    return platform;
  }

  /** The ports that were taken, by listener. */
  public Map<String, Integer> ports() {
    return ports;
  }

  public Doors doors() {
    return doors;
  }

  /** Tokens that work at once. */
  public Map<Role, String> tokens() {
    return doors.readyTokens();
  }

  /** Stops what are processes of their own, and nothing else. Blocks. */
  void stopServers() {
    PlatformFile.remove(folder);
    services.close();
  }

  @Override
  public void close() {
    PlatformFile.remove(folder);
    chaos.endAll();
    platform.close();
    services.close();
    chaos.close();
  }
}
