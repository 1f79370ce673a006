package dev.holdfast.launcher.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.chaos.FaultRequest;
import dev.holdfast.launcher.drill.Console;
import dev.holdfast.launcher.drill.Plan;
import dev.holdfast.launcher.process.Complaint;
import dev.holdfast.launcher.process.PlatformFile;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * The management listener of a running platform, as a drill sees it.
 *
 * @param platform where it is now; asked every time, because it may be started again
 */
public record ManagementConsole(Supplier<Optional<PlatformFile>> platform, HttpClient http)
    implements Console {
  private PlatformFile now() {
    return platform.get().orElseThrow(() -> new Complaint("no platform runs"));
  }

  @Override
  public Look look() {
    PlatformFile there = now();
    JsonNode level = ManagementClient.glance(there, http, "/health/ready").path("level");
    if (!level.isInt()) {
      throw new Complaint("the platform does not say its level");
    }
    Set<String> active = new HashSet<>();
    for (JsonNode fault : ManagementClient.glance(there, http, "/chaos")) {
      active.add(Plan.label(fault.path("fault").asText(), fault.path("target").asText()));
    }
    return new Look(level.asInt(), active);
  }

  @Override
  public JsonNode begin(Plan.Planned fault) {
    Duration time = Duration.ofMillis(fault.forMs());
    FaultRequest wanted = FaultRequest.of(fault.fault(), fault.target(), time);
    return ManagementClient.ask(now(), "POST", "/chaos", RecordJson.write(wanted));
  }

  @Override
  public JsonNode incidents() {
    return ManagementClient.ask(now(), "GET", "/incidents", "").path("incidents");
  }

  @Override
  public List<Long> letters() {
    List<Long> numbers = new ArrayList<>();
    for (JsonNode letter : ManagementClient.ask(now(), "GET", "/dead-letters", "")) {
      numbers.add(letter.path("number").asLong());
    }
    return numbers;
  }

  @Override
  public void replay(long letter) {
    ManagementClient.ask(now(), "POST", "/dead-letters/" + letter + "/replay", "");
  }
}
