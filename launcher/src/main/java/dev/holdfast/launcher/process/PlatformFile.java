package dev.holdfast.launcher.process;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;

/**
 * Where a running platform says how it is reached, for the other commands of the same user. Holds
 * tokens, so only its owner may read it.
 *
 * @param pid the platform's process
 * @param api the base address of the public API
 * @param management the base address of the management listener
 * @param adminToken for the management listener
 * @param merchantToken for the public API
 */
public record PlatformFile(
    long pid, String api, String management, String adminToken, String merchantToken) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String NAME = "platform.json";

  /** Written whole or not at all. */
  public void write(Path folder) {
    Path draft = folder.resolve(NAME + ".new");
    try {
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      JSON.writeValue(draft.toFile(), this);
      Files.move(draft, folder.resolve(NAME), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new Complaint("the file " + draft + " cannot be written: " + unwritable.getMessage());
    }
  }

  /** That of the platform which runs on a data folder, if one does. */
  public static Optional<PlatformFile> read(Path folder) {
    Path file = folder.resolve(NAME);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      PlatformFile platform = JSON.readValue(file.toFile(), PlatformFile.class);
      return ProcessHandle.of(platform.pid()).filter(ProcessHandle::isAlive).map(on -> platform);
    } catch (IOException unreadable) {
      throw new Complaint("the file " + file + " cannot be read: " + unreadable.getMessage());
    }
  }

  /**
   * That of the platform which runs on a data folder.
   *
   * @throws Complaint when none does
   */
  public static PlatformFile require(Path folder) {
    return read(folder)
        .orElseThrow(
            () ->
                new Complaint(
                    "no platform runs on the data folder " + folder + "; start: holdfast up"));
  }

  /** The platform is going away. */
  public static void remove(Path folder) {
    try {
      Files.deleteIfExists(folder.resolve(NAME));
    } catch (IOException unremovable) {
      throw new Complaint("the file " + folder.resolve(NAME) + " cannot be removed");
    }
  }

  @Override
  public String toString() {
    return "PlatformFile[pid=" + pid + ", api=" + api + ", management=" + management + "]";
  }
}
