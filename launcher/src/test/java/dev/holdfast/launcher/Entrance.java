package dev.holdfast.launcher;

import dev.holdfast.launcher.command.ManagementConsole;
import dev.holdfast.launcher.days.Books;
import dev.holdfast.launcher.days.Door;
import dev.holdfast.launcher.days.Progress;
import dev.holdfast.launcher.days.Replay;
import dev.holdfast.launcher.days.Review;
import dev.holdfast.launcher.drill.Console;
import dev.holdfast.launcher.process.PlatformFile;
import dev.holdfast.launcher.running.Shop;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.postgres.PostgresLogin;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.Optional;

/** A platform as other processes of its user enter it: by what it wrote into its data folder. */
public final class Entrance {
  private final Path folder;

  public Entrance(Path folder) {
    this.folder = folder;
  }

  /** How it is entered now; empty while none runs. */
  public Optional<Door> door() {
    return PlatformFile.read(folder).map(file -> new Door(file.api(), file.merchantToken()));
  }

  /** Its management listener; whatever is asked while none runs fails. */
  public Console console() {
    return new ManagementConsole(() -> PlatformFile.read(folder), HttpClient.newHttpClient());
  }

  /** A replay against it, in the tester's own process. */
  public Replay replay(Progress progress) {
    return new Replay(this::door, books(), Review.APPROVE, progress);
  }

  /** All its books; it must be running when they are asked for. */
  public Books books() {
    Settings settings = PlatformExtension.settings(folder, Settings.shipped().partners());
    return new Books(() -> shop(settings).ledgers());
  }

  /** Our own database, as the application enters it; it must be running. */
  public PostgresLogin ownBooks() {
    return shop(PlatformExtension.settings(folder, Settings.shipped().partners())).ledgers().own();
  }

  private static Shop shop(Settings settings) {
    try {
      return Shop.enter(settings);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }
}
