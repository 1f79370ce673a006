package dev.holdfast.launcher;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A launcher in a process of its own, as the script would start it. */
public final class LauncherProcess implements AutoCloseable {
  private static final Duration START_LIMIT = Duration.ofMinutes(2);
  private static final Duration END_LIMIT = Duration.ofMinutes(1);
  private static final Pattern CHILD = Pattern.compile("127\\.0\\.0\\.1:(\\d+), process (\\d+)");

  private static final Pattern UP = Pattern.compile("Stop it with");

  private final Process process;
  private final Path output;
  private final Set<ProcessHandle> servers = ConcurrentHashMap.newKeySet();

  private LauncherProcess(Process process, Path output) {
    this.process = process;
    this.output = output;
  }

  public static LauncherProcess start(
      Path output, Map<String, String> environment, String... arguments) throws IOException {
    return start(output, environment, List.of(), Main.class, arguments);
  }

  /**
   * A process of another main class on the same class path.
   *
   * @param options for the Java virtual machine
   */
  public static LauncherProcess start(
      Path output,
      Map<String, String> environment,
      List<String> options,
      Class<?> main,
      String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx256m", "-cp", System.getProperty("java.class.path")));
    command.add("-Dholdfast.home=" + System.getProperty("holdfast.home"));
    // The platform's tests bring a configuration of their own, which would win.
    command.add("-Dlogback.configurationFile=logback.xml");
    command.addAll(options);
    command.add(main.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().putAll(environment);
    return new LauncherProcess(builder.start(), output);
  }

  public String output() throws IOException {
    return Files.readString(output);
  }

  /** Waits until it says how to stop it. */
  public LauncherProcess awaitUp() throws IOException {
    return awaitUp(1);
  }

  /** Waits until it has said so that often. */
  public LauncherProcess awaitUp(int times) throws IOException {
    await()
        .atMost(START_LIMIT)
        .until(() -> !process.isAlive() || UP.matcher(output()).results().count() >= times);
    if (!process.isAlive()) {
      throw new IllegalStateException("ended with " + process.exitValue() + ": " + output());
    }
    return this;
  }

  /** The children's process ids, in the order in which it names them. */
  public List<Long> children() throws IOException {
    return CHILD.matcher(output()).results().map(found -> number(found, 2)).toList();
  }

  private static long number(MatchResult found, int group) {
    return Long.parseLong(found.group(group));
  }

  /** Writes a line to its input. */
  public void tell(String line) throws IOException {
    process.outputWriter().append(line).append('\n').flush();
  }

  public long pid() {
    return process.pid();
  }

  public boolean isAlive() {
    return process.isAlive();
  }

  public void terminate() {
    process.destroy();
  }

  /** Kills it; its servers find out and end, which takes them a moment. */
  public void kill() {
    process.descendants().forEach(servers::add);
    process.destroyForcibly();
  }

  public int awaitExitCode() {
    return process
        .onExit()
        .orTimeout(START_LIMIT.toSeconds(), TimeUnit.SECONDS)
        .thenApply(Process::exitValue)
        .join();
  }

  /** Kills it and its servers: nobody writes to its folder any more. */
  @Override
  public void close() {
    kill();
    awaitExitCode();
    servers.forEach(ProcessHandle::destroyForcibly);
    await().atMost(END_LIMIT).until(() -> servers.stream().noneMatch(ProcessHandle::isAlive));
  }
}
