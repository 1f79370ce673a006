package dev.holdfast.launcher.drill;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.holdfast.launcher.days.Attempts;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What customers lived through, in memory and as a file of one line for each attempt. */
final class History implements Attempts, AutoCloseable {
  private static final ObjectMapper JSON =
      JsonMapper.builder().addModule(new JavaTimeModule()).build();

  private final ReentrantLock lock = new ReentrantLock();
  private final List<Attempt> attempts = new ArrayList<>();
  private final BufferedWriter file;

  /** Begins a file, in place of a former one. */
  History(Path path) {
    try {
      Files.createDirectories(path.toAbsolutePath().getParent());
      file = Files.newBufferedWriter(path);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("the history " + path + " cannot be written", unwritable);
    }
  }

  @Override
  public void attempted(Attempt attempt) {
    lock.lock();
    try {
      attempts.add(attempt);
      file.write(JSON.writeValueAsString(attempt));
      file.newLine();
    } catch (IOException unwritable) {
      throw new UncheckedIOException("the history cannot be written", unwritable);
    } finally {
      lock.unlock();
    }
  }

  /** All so far. */
  List<Attempt> attempts() {
    lock.lock();
    try {
      return List.copyOf(attempts);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException unwritable) {
      throw new UncheckedIOException("the history cannot be written", unwritable);
    }
  }
}
