package dev.holdfast.launcher.process;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/**
 * A data folder that this process has to itself, until it is closed or the process ends: the
 * operating system gives the lock back even after {@code kill -9}.
 */
public final class DataFolder implements AutoCloseable {
  /** A killed process may still be giving its memory back when the next one starts. */
  private static final Duration WAIT = Duration.ofSeconds(3);

  private static final long RETRY_NANOS = Duration.ofMillis(50).toNanos();

  private final Path path;
  private final FileChannel lockFile;

  private DataFolder(Path path, FileChannel lockFile) {
    this.path = path;
    this.lockFile = lockFile;
  }

  /**
   * Takes the folder, which is made when it is not there.
   *
   * @throws Complaint when another process has it, or it cannot be used
   */
  public static DataFolder take(Path path) {
    Path file = path.resolve("lock");
    try {
      Files.createDirectories(path);
      FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
      if (!lock(channel)) {
        String holder = Files.readString(file).strip();
        channel.close();
        throw new Complaint(
            "another Holdfast (process %s) has the data folder %s: stop it, or name another folder with --data"
                .formatted(holder, path));
      }
      channel.truncate(0);
      byte[] pid = (ProcessHandle.current().pid() + "\n").getBytes(StandardCharsets.US_ASCII);
      channel.write(ByteBuffer.wrap(pid));
      return new DataFolder(path, channel);
    } catch (IOException unusable) {
      throw new Complaint("the data folder " + path + " cannot be used: " + unusable);
    }
  }

  private static boolean lock(FileChannel channel) throws IOException {
    long begin = System.nanoTime();
    while (true) {
      if (tryLock(channel) != null) {
        return true;
      }
      if (System.nanoTime() - begin > WAIT.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(RETRY_NANOS);
    }
  }

  private static FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException oursAlready) {
      return null;
    }
  }

  public Path path() {
    return path;
  }

  @Override
  public void close() {
    try {
      lockFile.close();
    } catch (IOException failure) {
      throw new Complaint("the data folder " + path + " cannot be given back: " + failure);
    }
  }
}
