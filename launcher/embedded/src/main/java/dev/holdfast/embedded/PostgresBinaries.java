package dev.holdfast.embedded;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/**
 * PostgreSQL's programs, unpacked once from their archive on the class path into a cache folder
 * that all checkouts of one user share (system property {@code holdfast.cache}; default {@code
 * /var/cache/holdfast} for root, {@code ~/.cache/holdfast} for others).
 */
final class PostgresBinaries {
  private static final int BUFFER_BYTES = 1 << 16;

  private PostgresBinaries() {}

  /** The folder with {@code initdb} and {@code postgres}; unpacks them when they are not there. */
  static Path bin() {
    URL archive = archive();
    Path cache = cache();
    Path home = cache.resolve(versionOf(archive));
    try {
      if (!Files.isDirectory(home)) {
        unpackOnce(archive, cache, home);
      }
      return home.resolve("bin");
    } catch (IOException failure) {
      throw new StartException("PostgreSQL could not be unpacked into " + home, failure);
    }
  }

  private static URL archive() {
    String system = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String machine = System.getProperty("os.arch");
    String name =
        "postgres-%s-%s.txz"
            .formatted(
                system, "amd64".equals(machine) ? "x86_64" : machine.replace("aarch64", "arm_64"));
    URL archive = PostgresBinaries.class.getResource("/" + name);
    if (archive == null) {
      throw new StartException(
          "there is no embedded PostgreSQL for %s on %s: name an external server (postgres.host)"
              .formatted(system, machine));
    }
    return archive;
  }

  private static Path cache() {
    String named = System.getProperty("holdfast.cache");
    if (named != null) {
      return Path.of(named).toAbsolutePath();
    }
    return "root".equals(System.getProperty("user.name"))
        ? Path.of("/var/cache/holdfast")
        : Path.of(System.getProperty("user.home"), ".cache", "holdfast");
  }

  /** The name of the jar that holds the archive, which carries PostgreSQL's version. */
  private static String versionOf(URL archive) {
    String path = archive.getPath();
    int end = path.lastIndexOf(".jar!");
    return end < 0 ? "postgres" : path.substring(path.lastIndexOf('/', end) + 1, end);
  }

  private static synchronized void unpackOnce(URL archive, Path cache, Path home)
      throws IOException {
    Files.createDirectories(cache);
    Path lockFile = cache.resolve(home.getFileName() + ".lock");
    try (FileChannel channel =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = channel.lock()) {
      if (!lock.isValid() || Files.isDirectory(home)) {
        return;
      }
      Path draft = cache.resolve(home.getFileName() + ".draft");
      delete(draft);
      unpack(archive, draft);
      Files.move(draft, home, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  private static void unpack(URL archive, Path folder) throws IOException {
    try (InputStream bytes = archive.openStream();
        TarArchiveInputStream tar =
            new TarArchiveInputStream(
                new BufferedInputStream(
                    new XZInputStream(new BufferedInputStream(bytes, BUFFER_BYTES)),
                    BUFFER_BYTES))) {
      for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
        write(tar, entry, target(folder, entry.getName()));
      }
    }
  }

  private static Path target(Path folder, String name) throws IOException {
    Path target = folder.resolve(name).normalize();
    if (!target.startsWith(folder)) {
      throw new IOException("the archive names a file outside its folder: " + name);
    }
    return target;
  }

  private static void write(InputStream content, TarArchiveEntry entry, Path target)
      throws IOException {
    if (entry.isDirectory()) {
      Files.createDirectories(target);
      return;
    }
    Files.createDirectories(target.getParent());
    if (entry.isSymbolicLink()) {
      Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
      return;
    }
    Files.copy(content, target);
    boolean program = (entry.getMode() & 0100) != 0;
    Files.setPosixFilePermissions(
        target, PosixFilePermissions.fromString(program ? "rwxr-xr-x" : "rw-r--r--"));
  }

  static void delete(Path folder) throws IOException {
    if (!Files.exists(folder)) {
      return;
    }
    List<Path> deepestFirst;
    try (Stream<Path> all = Files.walk(folder)) {
      deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : deepestFirst) {
      Files.delete(path);
    }
  }
}
