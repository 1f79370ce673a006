package dev.holdfast.postgres;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The migrations that this program brings along: {@code V<version>__<what>.sql} on the classpath.
 */
final class MigrationFiles {
  private static final Pattern NAME = Pattern.compile("(?:.*/)?V([0-9_.]+)__[^/]+\\.sql");

  private MigrationFiles() {}

  /**
   * The versions as the file names have them.
   *
   * @param locations folders of the classpath, such as {@code db/holdfast}
   * @throws IllegalArgumentException when a location holds no migration, or two have one version
   */
  static Set<String> versions(List<String> locations) {
    Set<String> versions = new TreeSet<>();
    for (String location : locations) {
      List<String> found = versionsOf(location);
      if (found.isEmpty()) {
        throw new IllegalArgumentException("no migrations in " + location);
      }
      for (String version : found) {
        if (!versions.add(version)) {
          throw new IllegalArgumentException("version " + version + " is there twice: " + location);
        }
      }
    }
    return versions;
  }

  private static List<String> versionsOf(String location) {
    try {
      ClassLoader loader = MigrationFiles.class.getClassLoader();
      return Collections.list(loader.getResources(location)).stream()
          .flatMap(url -> names(url, location))
          .map(NAME::matcher)
          .filter(Matcher::matches)
          .map(name -> name.group(1))
          .toList();
    } catch (IOException failure) {
      throw new UncheckedIOException(location, failure);
    }
  }

  private static Stream<String> names(URL folder, String location) {
    try {
      if (folder.openConnection() instanceof JarURLConnection inJar) {
        return namesInJar(inJar, location).stream();
      }
      try (Stream<Path> files = Files.list(Path.of(URI.create(folder.toString())))) {
        return files.map(file -> file.getFileName().toString()).toList().stream();
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(location, failure);
    }
  }

  private static List<String> namesInJar(JarURLConnection connection, String location)
      throws IOException {
    connection.setUseCaches(false);
    try (JarFile jar = connection.getJarFile()) {
      return jar.stream()
          .map(entry -> entry.getName())
          .filter(name -> name.startsWith(location + "/"))
          .toList();
    }
  }
}
