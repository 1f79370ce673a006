package dev.holdfast.launcher;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.Deflater;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Lets a process that is started again and again do so in less time: the first one writes the
 * classes that it loaded into an archive of the virtual machine's when it leaves of its own accord,
 * and the others map that. Such an archive knows no folders, so those of the test's class path are
 * packed.
 */
public final class ClassArchive {
  private final Path archive;
  private final String classPath;

  private ClassArchive(Path archive, String classPath) {
    this.archive = archive;
    this.classPath = classPath;
  }

  /** One in a folder, which nobody has written yet. */
  public static ClassArchive in(Path folder) throws IOException {
    List<String> jars = new ArrayList<>();
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry);
      if (Files.isDirectory(path)) {
        Path jar = folder.resolve("classes-" + jars.size() + ".jar");
        pack(path, jar);
        jars.add(jar.toString());
      } else if (Files.exists(path)) {
        jars.add(entry);
      }
    }
    return new ClassArchive(folder.resolve("classes.jsa"), String.join(File.pathSeparator, jars));
  }

  private static void pack(Path folder, Path jar) throws IOException {
    try (OutputStream file = Files.newOutputStream(jar);
        ZipOutputStream packed = new ZipOutputStream(file);
        Stream<Path> all = Files.walk(folder)) {
      packed.setLevel(Deflater.NO_COMPRESSION);
      all.filter(path -> !path.equals(folder)).forEach(path -> add(packed, folder, path));
    }
  }

  /** Folders as well: those who look for resources look for them. */
  private static void add(ZipOutputStream packed, Path folder, Path path) {
    try {
      boolean isFolder = Files.isDirectory(path);
      packed.putNextEntry(new ZipEntry(folder.relativize(path) + (isFolder ? "/" : "")));
      if (!isFolder) {
        Files.copy(path, packed);
      }
      packed.closeEntry();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Whether a process has written it. */
  public boolean isWritten() {
    return Files.exists(archive);
  }

  /** What a process needs to use it, or to write it as long as it is not written. */
  public List<String> options() {
    String use = isWritten() ? "-XX:SharedArchiveFile=" : "-XX:ArchiveClassesAtExit=";
    return List.of("-cp", classPath, use + archive, "-Xlog:cds*=off");
  }
}
