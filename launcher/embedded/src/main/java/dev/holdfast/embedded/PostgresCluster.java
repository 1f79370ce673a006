package dev.holdfast.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/**
 * One PostgreSQL data folder and its superuser's password.
 *
 * @param folder the server's own folder
 * @param runAs as whom its programs run
 */
record PostgresCluster(Path folder, RunAs runAs) {
  private static final int PASSWORD_BYTES = 24;
  private static final Duration INITDB_LIMIT = Duration.ofMinutes(2);

  Path data() {
    return folder.resolve("cluster");
  }

  /** The superuser's password; made when the folder is new, then kept. */
  String password() throws IOException {
    Path file = folder.resolve("password");
    if (!Files.exists(file)) {
      if (Files.exists(data())) {
        throw new StartException("the password of the database in " + data() + " is gone: " + file);
      }
      byte[] secret = new byte[PASSWORD_BYTES];
      new SecureRandom().nextBytes(secret);
      writeSecret(file, Base64.getUrlEncoder().withoutPadding().encodeToString(secret));
    }
    return Files.readString(file);
  }

  /** Makes the data folder when there is none; one that was left half made is made anew. */
  void create(Path bin, String password, boolean durable) throws IOException, InterruptedException {
    if (Files.exists(data())) {
      return;
    }
    Path draft = folder.resolve("cluster.draft");
    PostgresBinaries.delete(draft);
    Files.createDirectory(draft);
    runAs.own(draft);
    Path passwordFile = folder.resolve("password.draft");
    Files.deleteIfExists(passwordFile);
    writeSecret(passwordFile, password);
    runAs.own(passwordFile);
    try {
      initdb(bin, draft, passwordFile, durable);
    } finally {
      Files.delete(passwordFile);
    }
    Files.move(draft, data(), StandardCopyOption.ATOMIC_MOVE);
  }

  private void initdb(Path bin, Path target, Path passwordFile, boolean durable)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(bin.resolve("initdb").toString());
    command.addAll(List.of("-D", target.toString(), "-U", PostgresProcess.USER));
    command.addAll(List.of("--auth=scram-sha-256", "--pwfile=" + passwordFile));
    command.addAll(List.of("--encoding=UTF8", "--locale=C"));
    if (!durable) {
      command.add("--no-sync");
    }
    Path log = folder.resolve("initdb.log");
    Process initdb =
        new ProcessBuilder(runAs.command(command))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
            .start();
    if (!initdb.waitFor(INITDB_LIMIT.toSeconds(), TimeUnit.SECONDS)) {
      initdb.destroyForcibly();
      throw new StartException("initdb took longer than " + INITDB_LIMIT + ", see " + log);
    }
    if (initdb.exitValue() != 0) {
      throw new StartException("initdb failed with " + initdb.exitValue() + ", see " + log);
    }
  }

  /** Moved into place whole: a start that is killed here leaves no empty password behind. */
  private static void writeSecret(Path file, String secret) throws IOException {
    Path draft = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(draft);
    var ownerOnly =
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    try (var channel =
        Files.newByteChannel(
            draft, Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE), ownerOnly)) {
      channel.write(StandardCharsets.US_ASCII.encode(secret));
    }
    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
