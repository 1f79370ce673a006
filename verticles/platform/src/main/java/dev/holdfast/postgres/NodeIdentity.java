package dev.holdfast.postgres;

import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.DerivedId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.regex.Pattern;

/**
 * The id of a node, which stays with its data folder. Blocks: for the launcher, before the loops.
 */
public final class NodeIdentity {
  private static final String FILE = "node-id";
  private static final Pattern ID = Pattern.compile("[a-z0-9-]{8,64}");

  private NodeIdentity() {}

  /**
   * Reads the folder's id, or gives it one.
   *
   * @throws IllegalStateException when the file holds something else
   */
  public static String of(Path folder, Clock clock) {
    Path file = folder.resolve(FILE);
    try {
      if (!Files.exists(file)) {
        write(file, folder, clock);
      }
      String id = Files.readString(file).strip();
      if (!ID.matcher(id).matches()) {
        throw new IllegalStateException(file + " holds no node id");
      }
      return id;
    } catch (IOException failure) {
      throw new UncheckedIOException("node id in " + file, failure);
    }
  }

  private static void write(Path file, Path folder, Clock clock) throws IOException {
    Files.createDirectories(folder);
    String id =
        "node-"
            + DerivedId.of(
                "node",
                InetAddress.getLocalHost().getHostName(),
                folder.toRealPath(),
                ProcessHandle.current().pid(),
                clock.now(),
                clock.nanoTime());
    Path unfinished = file.resolveSibling(FILE + ".new");
    Files.writeString(unfinished, id + "\n");
    Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
