package dev.holdfast.broker;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.apache.kafka.server.common.MetadataVersion;

/**
 * The broker's process: {@code BrokerMain FOLDER PORT CONTROLLER_PORT ADVERTISED_PORT}.
 *
 * <p>Beside the log in {@code FOLDER/log} it keeps {@code FOLDER/lock}, held while it lives, and
 * {@code FOLDER/ready}, which holds its process id once clients can connect. Leaves with 0 when its
 * standard input ends, with 2 when another broker has the folder, with 1 on any other failure.
 */
public final class BrokerMain {
  private static final int FOLDER_TAKEN = 2;

  private BrokerMain() {}

  /** Runs until standard input ends. */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    BrokerSettings settings =
        new BrokerSettings(
            folder.resolve("log"),
            Integer.parseInt(arguments[1]),
            Integer.parseInt(arguments[2]),
            Integer.parseInt(arguments[3]));
    // Runtime.exit and not a return: the broker's threads are not daemons.
    System.exit(run(folder, settings));
  }

  private static int run(Path folder, BrokerSettings settings) {
    try (FileChannel lock = open(folder.resolve("lock"))) {
      if (lock.tryLock() == null) {
        System.err.println("another broker has the folder " + folder);
        return FOLDER_TAKEN;
      }
      serve(folder, settings);
      return 0;
    } catch (Exception failure) {
      System.err.println("the broker in " + folder + " failed");
      failure.printStackTrace();
      return 1;
    }
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
  }

  private static void serve(Path folder, BrokerSettings settings) throws Exception {
    format(settings.folder());
    KafkaRaftServer server =
        new KafkaRaftServer(KafkaConfig.fromProps(settings.toProperties()), Time.SYSTEM);
    server.startup();
    announce(folder.resolve("ready"));
    awaitEndOfInput();
    server.shutdown();
    server.awaitShutdown();
  }

  /** Gives an empty folder its identity; a folder that has one keeps it. */
  private static void format(Path log) throws Exception {
    if (Files.exists(log.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(log);
    new Formatter()
        .setNodeId(Integer.parseInt(BrokerSettings.NODE_ID))
        .setClusterId(Uuid.randomUuid().toString())
        .addDirectory(log.toString())
        .setMetadataLogDirectory(log.toString())
        .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
        .setReleaseVersion(MetadataVersion.latestProduction())
        .setPrintStream(System.err)
        .run();
  }

  /** Moved into place whole, so that a reader never sees half a process id. */
  private static void announce(Path ready) throws IOException {
    Path draft = ready.resolveSibling("ready.draft");
    Files.writeString(draft, String.valueOf(ProcessHandle.current().pid()));
    Files.move(draft, ready, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
  }

  private static void awaitEndOfInput() throws IOException {
    byte[] ignored = new byte[64];
    while (System.in.read(ignored) >= 0) {
      // Whatever is written to us says nothing; only the end does.
    }
  }
}
