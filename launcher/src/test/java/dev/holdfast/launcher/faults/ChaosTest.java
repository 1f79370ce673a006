package dev.holdfast.launcher.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Disturbance;
import dev.holdfast.kernel.Secret;
import dev.holdfast.launcher.routes.ChaosRoutes;
import dev.holdfast.launcher.settings.Profile;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.launcher.settings.SettingsException;
import dev.holdfast.launcher.settings.TokenSettings;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

class ChaosTest {
  private static Settings production() {
    return Settings.shipped()
        .with(new TokenSettings(Secret.of("a key of more than thirty-two bytes")))
        .with(Profile.PRODUCTION);
  }

  @Tag("E-248")
  @Test
  void production_has_no_faults_and_no_routes_for_them() throws Exception {
    Vertx vertx = Vertx.vertx();
    try (Chaos chaos = Chaos.of(production(), Clock.system())) {
      chaos.over(null, null);
      assertTrue(chaos.faults().isEmpty());
      assertSame(Disturbance.NONE, chaos.disturbance());
      assertTrue(chaos.wires().proxies().isEmpty());
      Router router = Router.router(vertx);
      ChaosRoutes.on(router, chaos, null);
      assertEquals(0, router.getRoutes().size());
    } finally {
      vertx.close().await();
    }
  }

  @Test
  void production_refuses_proxies() {
    Settings settings = production();
    assertThrows(SettingsException.class, () -> settings.with(settings.chaos().withProxies()));
  }
}
