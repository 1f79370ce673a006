package dev.holdfast.launcher.process;

import com.sun.jna.Function;
import com.sun.jna.Native;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The program and the arguments that this process was started with. */
public final class ProcessImage {
  /** One character a byte: whatever they mean, they are handed on unchanged. */
  private static final Charset BYTES = StandardCharsets.ISO_8859_1;

  private static final Path SELF = Path.of("/proc/self");
  private static final int FIRST_OF_OURS = 3;
  private static final int AND_ALL_ABOVE = -1;
  private static final int CLOSE_WHEN_REPLACED = 4;
  private static final int OVERWRITE = 1;

  private final String program;
  private final List<String> arguments;

  private ProcessImage(String program, List<String> arguments) {
    this.program = program;
    this.arguments = arguments;
  }

  /**
   * Of this process.
   *
   * @throws IOException where the system does not tell
   */
  public static ProcessImage own() throws IOException {
    String line = new String(Files.readAllBytes(SELF.resolve("cmdline")), BYTES);
    return new ProcessImage(
        Files.readSymbolicLink(SELF.resolve("exe")).toString(), Arrays.asList(line.split("\0")));
  }

  /**
   * Begins the same program with the same arguments in this very process; nothing that runs now is
   * asked or stopped in order. Returns only when that failed.
   *
   * @param variable an environment variable that the new image gets beside those there are
   * @throws IOException always, with why it failed
   */
  public void replace(String variable, String value) throws IOException {
    try {
      // Sockets that listen, pipes to children and locks must not outlive this image.
      call("close_range", FIRST_OF_OURS, AND_ALL_ABOVE, CLOSE_WHEN_REPLACED);
      call("setenv", variable, value, OVERWRITE);
      call("execv", program, arguments.toArray(String[]::new));
    } catch (LinkageError | IllegalArgumentException missing) {
      throw new IOException("this system can't: " + missing.getMessage(), missing);
    }
    throw new IOException(program + " returned");
  }

  private static void call(String name, Object... values) throws IOException {
    Function function = Function.getFunction("c", name, Function.C_CONVENTION, BYTES.name());
    if (function.invokeInt(values) != 0) {
      throw new IOException(name + " failed with error " + Native.getLastError());
    }
  }
}
