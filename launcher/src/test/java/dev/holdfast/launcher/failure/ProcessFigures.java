package dev.holdfast.launcher.failure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What another Java process of ours uses, as the machine and its virtual machine say. */
final class ProcessFigures {
  /** USER_HZ: what Linux shows in {@code /proc} is in hundredths of a second on all machines. */
  private static final Duration TICK = Duration.ofMillis(10);

  private static final int USER_TIME = 11;
  private static final int SYSTEM_TIME = 12;
  private static final Pattern USED = Pattern.compile("used (\\d+)K");

  private final long pid;

  ProcessFigures(long pid) {
    this.pid = pid;
  }

  /** Processor time since it began. */
  Duration cpu() throws IOException {
    String stat = Files.readString(Path.of("/proc", String.valueOf(pid), "stat"));
    // The name before may hold spaces.
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return TICK.multipliedBy(
        Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]));
  }

  /** What is alive on its heap in KiB, after a full collection. */
  long liveHeapKib() throws IOException, InterruptedException {
    jcmd("GC.run");
    long used = 0;
    for (String line : jcmd("GC.heap_info").lines().toList()) {
      Matcher found = USED.matcher(line);
      if (!line.contains("Metaspace") && !line.contains("class space") && found.find()) {
        used += Long.parseLong(found.group(1));
      }
    }
    if (used == 0) {
      throw new IllegalStateException("the heap was not told");
    }
    return used;
  }

  private String jcmd(String command) throws IOException, InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    Process process =
        new ProcessBuilder(jcmd.toString(), String.valueOf(pid), command)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IllegalStateException(output);
    }
    return output;
  }
}
