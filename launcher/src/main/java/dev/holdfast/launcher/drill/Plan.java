package dev.holdfast.launcher.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a drill lets happen, as a file that is kept.
 *
 * @param seed of the orders and of the plan
 * @param seconds from the first order to the last
 * @param ordersPerSecond how many come
 * @param faults in the order of their time
 */
public record Plan(long seed, int seconds, int ordersPerSecond, List<Planned> faults) {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * One fault.
   *
   * @param atMs when, from the first order
   * @param forMs how long
   * @param reaches the goal it is there for; "" for none
   */
  public record Planned(int atMs, int forMs, String fault, String target, String reaches) {
    /** What it is, for people. */
    String label() {
      return Plan.label(fault, target);
    }
  }

  /** A fault for people, such as {@code cut of postgres}. */
  public static String label(String fault, String target) {
    return fault + " of " + target;
  }

  public Plan {
    faults = List.copyOf(faults);
  }

  /** How many orders come. */
  public int orders() {
    return seconds * ordersPerSecond;
  }

  /** Reads one that was kept. */
  public static Plan read(Path file) {
    try {
      return JSON.readValue(file.toFile(), Plan.class);
    } catch (IOException unreadable) {
      throw new UncheckedIOException("the plan " + file + " cannot be read", unreadable);
    }
  }

  /** Keeps it. */
  public void write(Path file) {
    try {
      Files.createDirectories(file.toAbsolutePath().getParent());
      JSON.writeValue(file.toFile(), this);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("the plan " + file + " cannot be written", unwritable);
    }
  }
}
