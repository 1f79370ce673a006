package dev.holdfast.launcher.running;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.launcher.process.Complaint;
import dev.holdfast.launcher.process.DataFolder;
import dev.holdfast.launcher.settings.DataSettings;
import dev.holdfast.launcher.settings.HttpSettings;
import dev.holdfast.launcher.settings.Profile;
import dev.holdfast.launcher.settings.Settings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a command says that cannot start a platform of its own. */
class ShopTest {
  @TempDir Path folder;

  private static Settings settings(Path folder, int api) {
    Settings shipped = Settings.shipped();
    return shipped
        .with(Profile.TEST)
        .with(new DataSettings(folder))
        .with(new HttpSettings(shipped.http().bind(), 0, api, 0, 0, 0, Map.of()));
  }

  private static ServerSocket somebodyElse() throws IOException {
    return new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  }

  private String complaint(int api) {
    return assertThrows(Complaint.class, () -> Shop.enter(settings(folder, api))).getMessage();
  }

  @Test
  void a_folder_in_use_is_said_also_when_its_owner_has_the_ports_too() throws Exception {
    try (ServerSocket taken = somebodyElse();
        DataFolder first = DataFolder.take(folder)) {
      String sentence = complaint(taken.getLocalPort());
      assertTrue(sentence.contains("has the data folder " + first.path()), sentence);
    }
  }

  @Test
  void a_busy_port_is_named_and_the_folder_given_back() throws Exception {
    try (ServerSocket taken = somebodyElse()) {
      String sentence = complaint(taken.getLocalPort());
      assertTrue(sentence.contains("port " + taken.getLocalPort()), sentence);
    }
    DataFolder.take(folder).close();
  }
}
