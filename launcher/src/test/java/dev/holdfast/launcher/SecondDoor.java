package dev.holdfast.launcher;

import dev.holdfast.commerce.api.ApiContract;
import dev.holdfast.commerce.api.GatewaySettings;
import dev.holdfast.commerce.api.GatewayVerticle;
import dev.holdfast.degradation.AdmissionControl;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Secret;
import dev.holdfast.launcher.platform.Platform;
import dev.holdfast.launcher.routes.Doors;
import dev.holdfast.launcher.servers.Credentials;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.web.Cursors;
import dev.holdfast.web.HttpLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** Another gateway to a running platform, whose clock goes wrong by a day. */
public final class SecondDoor {
  private static final Duration DAY = Duration.ofDays(1);
  private static final int START_SECONDS = 60;

  private SecondDoor() {}

  /** A day behind, on a free port, which is given back; it closes with the platform. */
  public static int open(PlatformExtension extension) throws Exception {
    return open(extension, DAY.negated());
  }

  /** The same, a day ahead: there it is past midnight already. */
  public static int openAhead(PlatformExtension extension) throws Exception {
    return open(extension, DAY);
  }

  private static int open(PlatformExtension extension, Duration wrongBy) throws Exception {
    Platform platform = extension.platform();
    Clock wrong = wrong(platform.clock(), wrongBy);
    Settings settings =
        PlatformExtension.settings(extension.folder(), Settings.shipped().partners());
    Doors doors =
        new Doors(
            platform, settings, Credentials.of(extension.folder()), extension.running().chaos());
    GatewayVerticle gateway =
        new GatewayVerticle(
            GatewaySettings.of(settings.http().bind(), 0, HttpLimits.DEFAULTS),
            ApiContract.load(platform.vertx()).await(START_SECONDS, TimeUnit.SECONDS),
            platform.bus(),
            platform.milestones()::await,
            doors.tokens(),
            new Cursors(Secret.of("a key of its own, of more than 32 bytes")),
            wrong,
            new Meters().http("api"),
            AdmissionControl.ALWAYS,
            platform.errors(),
            platform.fallback());
    platform.vertx().deployVerticle(gateway).await(START_SECONDS, TimeUnit.SECONDS);
    return gateway.port();
  }

  private static Clock wrong(Clock right, Duration by) {
    return new Clock() {
      @Override
      public Instant now() {
        return right.now().plus(by);
      }

      @Override
      public long nanoTime() {
        return right.nanoTime();
      }
    };
  }
}
