package dev.holdfast.embedded;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProcessIT {
  private static final PostgresOptions OPTIONS = PostgresOptions.defaults();

  @TempDir Path folder;

  @Test
  void a_restart_keeps_the_data_and_the_password() throws Exception {
    try (PostgresProcess first = PostgresProcess.start(folder, OPTIONS)) {
      execute(first, "CREATE TABLE kept (id int); INSERT INTO kept VALUES (7)");
      assertEquals(String.valueOf(first.port()), Files.readString(folder.resolve("port")).strip());
    }
    try (PostgresProcess second = PostgresProcess.start(folder, OPTIONS)) {
      assertEquals(7, number(second, "SELECT id FROM kept"));
    }
  }

  @Test
  void a_stop_ends_the_postmaster_and_every_back_end() throws Exception {
    PostgresProcess server = PostgresProcess.start(folder, OPTIONS);
    assertTrue(server.pids().contains(server.pid()));
    server.close();
    server.onExit().get(10, TimeUnit.SECONDS);
    assertFalse(server.isAlive());
    assertTrue(server.pids().isEmpty(), "left over: " + server.pids());
  }

  @Test
  void nobody_comes_in_without_the_password() throws Exception {
    try (PostgresProcess server = PostgresProcess.start(folder, OPTIONS)) {
      assertThrows(
          SQLException.class,
          () -> DriverManager.getConnection(server.jdbcUrl("postgres"), "postgres", "postgres"));
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("password"))));
    }
  }

  @Test
  void rows_acknowledged_before_kill_9_are_there_after_it() throws Exception {
    int acknowledged = 0;
    try (PostgresProcess server = PostgresProcess.start(folder, OPTIONS)) {
      execute(server, "CREATE TABLE row (id serial)");
      try (Connection connection = connect(server);
          Statement statement = connection.createStatement()) {
        for (; acknowledged < 200; acknowledged++) {
          statement.execute("INSERT INTO row DEFAULT VALUES");
        }
        assertTrue(ProcessHandle.of(server.pid()).orElseThrow().destroyForcibly());
        server.onExit().get(10, TimeUnit.SECONDS);
      }
    }
    try (PostgresProcess again = PostgresProcess.start(folder, OPTIONS)) {
      assertEquals(acknowledged, number(again, "SELECT count(*) FROM row"));
    }
  }

  @Test
  void a_taken_port_is_named() throws Exception {
    try (PostgresProcess server = PostgresProcess.start(folder.resolve("a"), OPTIONS)) {
      StartException failure =
          assertThrows(
              StartException.class,
              () -> PostgresProcess.start(folder.resolve("b"), OPTIONS.onPort(server.port())));
      assertTrue(failure.getMessage().contains("port " + server.port()), failure.getMessage());
    }
  }

  private static Connection connect(PostgresProcess server) throws SQLException {
    return DriverManager.getConnection(
        server.jdbcUrl("postgres"), PostgresProcess.USER, server.password());
  }

  private static void execute(PostgresProcess server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static int number(PostgresProcess server, String sql) throws SQLException {
    try (Connection connection = connect(server);
        Statement statement = connection.createStatement();
        var rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getInt(1);
    }
  }
}
