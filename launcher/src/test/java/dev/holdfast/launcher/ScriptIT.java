package dev.holdfast.launcher;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The script in a checkout of its own, with a Java and a Maven that only say how they were called.
 */
class ScriptIT {
  private static final Instant LONG_AGO = Instant.parse("2020-01-01T00:00:00Z");

  @TempDir Path checkout;

  @BeforeEach
  void layOut() throws IOException {
    Path script = checkout.resolve("holdfast");
    Files.copy(Path.of(System.getProperty("holdfast.home"), "holdfast"), script);
    executable(script);
    for (String folder :
        List.of("launcher/src/main", "verticles/src/main", "target", "bin", "jdk/bin")) {
      Files.createDirectories(checkout.resolve(folder));
    }
    Files.writeString(checkout.resolve("pom.xml"), "<project/>");
    Files.writeString(checkout.resolve("jdk/release"), "JAVA_VERSION=\"99.0.1\"\n");
    program("jdk/bin/java", "echo \"java $$ $*\"");
    program("jdk/bin/javac", "exit 1");
    program(
        "bin/mvn",
        """
        echo "maven $JAVA_HOME $*" >>"%1$s/maven.log"
        mkdir -p "%1$s/launcher/target/lib" "%1$s/launcher/broker/target/lib"
        """
            .formatted(checkout));
  }

  @Test
  void it_builds_once_and_becomes_the_launcher_on_the_newest_jdk() throws Exception {
    Process first = start("up", "--data", "a folder");
    String output = outputOf(first);
    assertTrue(output.contains("holdfast: building"), output);
    assertTrue(output.contains("java " + first.pid() + " "), "another process: " + output);
    assertTrue(output.contains("-Dholdfast.home=" + checkout), output);
    assertTrue(output.contains("dev.holdfast.launcher.Main up --data a folder"), output);
    assertTrue(!outputOf(start("status")).contains("building"), "built twice");
    assertEquals(1, builds().size(), builds().toString());
    assertTrue(builds().get(0).startsWith("maven " + checkout.resolve("jdk")), builds().get(0));
  }

  @Test
  void it_builds_again_when_a_source_is_newer() throws Exception {
    outputOf(start("status"));
    Path source = Files.writeString(checkout.resolve("verticles/src/main/A.java"), "");
    Files.setLastModifiedTime(source, FileTime.from(Instant.parse("2100-01-01T00:00:00Z")));
    assertTrue(outputOf(start("status")).contains("building"));
    Files.setLastModifiedTime(source, FileTime.from(LONG_AGO));
    assertEquals(2, builds().size());
  }

  @Test
  void two_calls_at_once_build_once() throws Exception {
    Process first = start("status");
    Process second = start("status");
    outputOf(first);
    outputOf(second);
    assertEquals(1, builds().size(), builds().toString());
  }

  @Test
  void a_failed_build_is_said_and_nothing_starts() throws Exception {
    program("bin/mvn", "exit 1");
    Process process = start("up");
    String output = outputOf(process);
    assertEquals(1, process.exitValue());
    assertTrue(output.contains("holdfast: the build failed"), output);
    assertTrue(!output.contains("java "), output);
  }

  @Test
  void test_becomes_maven() throws Exception {
    outputOf(start("test", "-Dtest=One"));
    assertTrue(builds().get(0).endsWith("verify -Dtest=One"), builds().get(0));
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("sh", checkout.resolve("holdfast").toString()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("JAVA_HOME", checkout.resolve("jdk").toString());
    builder.environment().merge("PATH", checkout.resolve("bin") + ":", (old, ours) -> ours + old);
    return builder.start();
  }

  private static String outputOf(Process process) throws Exception {
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertTrue(process.waitFor(60, TimeUnit.SECONDS));
    return output;
  }

  private List<String> builds() throws IOException {
    return Files.readAllLines(checkout.resolve("maven.log"));
  }

  private void program(String path, String body) throws IOException {
    executable(Files.writeString(checkout.resolve(path), "#!/bin/sh\n" + body + "\n"));
  }

  private static void executable(Path file) throws IOException {
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
  }
}
