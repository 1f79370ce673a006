package dev.holdfast.launcher.running;

import dev.holdfast.launcher.days.Door;
import dev.holdfast.launcher.days.Ledgers;
import dev.holdfast.launcher.process.Complaint;
import dev.holdfast.launcher.process.DataFolder;
import dev.holdfast.launcher.process.Listeners;
import dev.holdfast.launcher.process.PlatformFile;
import dev.holdfast.launcher.servers.Credentials;
import dev.holdfast.launcher.servers.Databases;
import dev.holdfast.launcher.settings.PostgresServerSettings;
import dev.holdfast.launcher.settings.Settings;
import dev.holdfast.postgres.PostgresLogin;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The platform that a command works against: the one that runs on its data folder, or one that it
 * starts itself and stops at its end.
 */
public final class Shop implements AutoCloseable {
  private static final String PORT_FILE = "postmaster.pid";
  private static final int PORT_LINE = 3;
  private static final int EXTERNAL_POSTGRES_PORT = 5432;

  private final Settings settings;
  private final DataFolder folder;
  private final RunningPlatform own;

  private Shop(Settings settings, DataFolder folder, RunningPlatform own) {
    this.settings = settings;
    this.folder = folder;
    this.own = own;
  }

  /**
   * The running one, or one that is started now.
   *
   * @param settings the folder, and what a new platform gets
   */
  public static Shop enter(Settings settings) throws InterruptedException {
    if (PlatformFile.read(settings.data().folder()).isPresent()) {
      return new Shop(settings, null, null);
    }
    // The folder first: who has it has the ports too, and is the better answer.
    DataFolder folder = DataFolder.take(settings.data().folder());
    try {
      Listeners.requireFree(settings.http());
      return new Shop(settings, folder, RunningPlatform.start(settings));
    } catch (RuntimeException | InterruptedException failed) {
      folder.close();
      throw failed;
    }
  }

  /** Whether it was started for this command. */
  boolean isOwn() {
    return own != null;
  }

  /** How it is entered now; empty while none runs. */
  public Optional<Door> door() {
    return file().map(platform -> new Door(platform.api(), platform.merchantToken()));
  }

  /** What the running platform says of itself; empty while none runs. */
  public Optional<PlatformFile> file() {
    return PlatformFile.read(settings.data().folder());
  }

  /** Where the books are. */
  public Ledgers ledgers() {
    Credentials credentials = Credentials.of(settings.data().folder());
    String provider = Databases.PAYMENTS + "_owner";
    String carriers = Databases.CARRIERS + "_owner";
    return new Ledgers(
        login(Databases.OWN, "holdfast_app", credentials),
        login(Databases.PAYMENTS, provider, credentials),
        login(Databases.CARRIERS, carriers, credentials));
  }

  private PostgresLogin login(String database, String role, Credentials credentials) {
    PostgresServerSettings server = settings.postgres();
    String host = server.isEmbedded() ? "127.0.0.1" : server.host();
    int port = server.isEmbedded() ? embeddedPort() : server.port();
    return new PostgresLogin(
        host,
        port == 0 ? EXTERNAL_POSTGRES_PORT : port,
        database,
        role,
        credentials.secret("postgres/" + role));
  }

  /** The server itself writes where it listens. */
  private int embeddedPort() {
    Path postgres = settings.data().folder().resolve("postgres");
    try (Stream<Path> files = Files.walk(postgres, 2)) {
      Path file =
          files
              .filter(found -> found.endsWith(PORT_FILE))
              .findFirst()
              .orElseThrow(() -> new Complaint("no PostgreSQL runs in the folder " + postgres));
      List<String> lines = Files.readAllLines(file);
      return Integer.parseInt(lines.get(PORT_LINE).strip());
    } catch (IOException | RuntimeException unreadable) {
      throw unreadable instanceof Complaint complaint
          ? complaint
          : new Complaint(
              "the port of PostgreSQL in " + postgres + " cannot be read: " + unreadable);
    }
  }

  @Override
  public void close() {
    if (own != null) {
      own.close();
      folder.close();
    }
  }
}
