package dev.holdfast.launcher.servers;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.launcher.process.Complaint;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.Map;
import java.util.TreeMap;

/**
 * Secrets that this data folder made for itself, one for each purpose, in a file that only its
 * owner reads. Nothing is ever shipped with a secret.
 */
public final class Credentials {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int BYTES = 32;

  private final Path file;
  private final Map<String, String> secrets;

  private Credentials(Path file, Map<String, String> secrets) {
    this.file = file;
    this.secrets = secrets;
  }

  /** Those of a data folder; the file is made with the first secret. */
  @SuppressWarnings("unchecked")
  public static Credentials of(Path folder) {
    Path file = folder.resolve("credentials.json");
    try {
      Map<String, String> secrets =
          Files.exists(file)
              ? new TreeMap<>((Map<String, String>) JSON.readValue(file.toFile(), Map.class))
              : new TreeMap<>();
      return new Credentials(file, secrets);
    } catch (IOException unreadable) {
      throw new Complaint("the file " + file + " cannot be read: " + unreadable.getMessage());
    }
  }

  /** The secret for a purpose, made when there is none: 256 random bits as text. */
  public String secret(String purpose) {
    String known = secrets.get(purpose);
    if (known != null) {
      return known;
    }
    byte[] random = new byte[BYTES];
    new SecureRandom().nextBytes(random);
    String made = Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    secrets.put(purpose, made);
    write();
    return made;
  }

  private void write() {
    try {
      Path draft = file.resolveSibling(file.getFileName() + ".new");
      Files.deleteIfExists(draft);
      Files.createFile(
          draft,
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
      JSON.writeValue(draft.toFile(), secrets);
      Files.move(draft, file, java.nio.file.StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException unwritable) {
      throw new Complaint("the file " + file + " cannot be written: " + unwritable.getMessage());
    }
  }
}
