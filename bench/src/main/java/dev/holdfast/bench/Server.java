package dev.holdfast.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The PostgreSQL that both sides use: the product's embedded one.
 *
 * @param port on the loopback address
 * @param password of the superuser
 */
record Server(int port, String password) {
  static final String HOST = "127.0.0.1";
  static final String USER = "postgres";

  /** As the product's data folder says. */
  static Server of(Path data) {
    Path folder = data.resolve("postgres");
    try {
      return new Server(
          Integer.parseInt(Files.readString(folder.resolve("port")).strip()),
          Files.readString(folder.resolve("password")).strip());
    } catch (IOException | NumberFormatException unreadable) {
      throw new BenchException("no PostgreSQL is to be found in " + folder, unreadable);
    }
  }

  String jdbc(String database) {
    return "jdbc:postgresql://" + HOST + ":" + port + "/" + database;
  }

  @Override
  public String toString() {
    return "Server[port=" + port + "]";
  }
}
