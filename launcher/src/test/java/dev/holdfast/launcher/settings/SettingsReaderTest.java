package dev.holdfast.launcher.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SettingsReaderTest {
  private static final String KEY = "0123456789abcdef0123456789abcdef";

  @TempDir Path checkout;

  @Test
  void without_any_source_the_shipped_values_hold() {
    Settings settings = read(Map.of(), Map.of());
    assertEquals(Settings.shipped().http(), settings.http());
    assertEquals(checkout.resolve("var"), settings.data().folder());
  }

  @Test
  void the_environment_wins_over_the_file_and_the_command_line_over_both() throws IOException {
    file("http:\n  api: 1001\n  management: 1002\n  metrics: 1003\n");
    Settings settings =
        read(
            Map.of("HOLDFAST_HTTP_MANAGEMENT", "2002", "HOLDFAST_HTTP_METRICS", "2003"),
            Map.of("http.metrics", "3003"));
    assertEquals(1001, settings.http().api());
    assertEquals(2002, settings.http().management());
    assertEquals(3003, settings.http().metrics());
  }

  @Test
  void a_section_may_have_a_file_of_its_own_which_is_named_when_a_key_is_wrong()
      throws IOException {
    Files.createDirectories(checkout.resolve("conf"));
    Path file = checkout.resolve("conf").resolve("kafka.yaml");
    Files.writeString(file, "heapMb: 512\n");
    assertEquals(512, read(Map.of(), Map.of()).kafka().heapMb());
    Files.writeString(file, "heap: 512\n");
    String sentence = refusal(Map.of());
    assertTrue(sentence.contains("kafka.yaml has the unknown key kafka.heap"), sentence);
  }

  @Test
  void an_unknown_key_is_refused_with_its_siblings_named() throws IOException {
    file("kafka:\n  heapMB: 512\n");
    String sentence = refusal(Map.of());
    assertTrue(sentence.contains("kafka.heapMB"), sentence);
    assertTrue(sentence.contains("kafka.heapMb"), sentence);
    assertTrue(sentence.contains("holdfast.yaml"), sentence);
  }

  @Test
  void an_unknown_variable_of_a_section_is_refused_and_a_strangers_is_not() {
    String sentence = refusal(Map.of("HOLDFAST_KAFKA_HEAP", "512"));
    assertTrue(sentence.contains("HOLDFAST_KAFKA_HEAP_MB"), sentence);
    assertEquals(256, read(Map.of("HOLDFAST_DAYS", "x", "PATH", "y"), Map.of()).kafka().heapMb());
  }

  @Test
  void a_value_of_the_wrong_kind_is_refused_with_its_key_and_source() {
    String sentence = refusal(Map.of("HOLDFAST_KAFKA_HEAP_MB", "plenty"));
    assertEquals(
        "kafka.heapMb must be a whole number, got \"plenty\" (environment HOLDFAST_KAFKA_HEAP_MB)",
        sentence);
    assertTrue(refusal(Map.of("HOLDFAST_PROFILE", "prod")).contains("[development, test, prod"));
    assertTrue(refusal(Map.of("HOLDFAST_POSTGRES_FSYNC", "yes")).contains("true or false"));
  }

  @Test
  void a_value_out_of_range_is_refused_with_its_key() {
    assertEquals(
        "kafka.heapMb must be 128 to 8192, got 1", refusal(Map.of("HOLDFAST_KAFKA_HEAP_MB", "1")));
    assertEquals(
        "http.api and agents.order have the same port 8001",
        refusal(Map.of("HOLDFAST_HTTP_API", "8001")));
    assertTrue(refusal(Map.of("HOLDFAST_HTTP_PORT_OFFSET", "60000")).contains("http.portOffset"));
  }

  @Test
  void malformed_and_doubled_lines_are_refused_with_their_line() throws IOException {
    file("kafka:\n  heapMb: 256\n  heapMb: 512\n");
    assertTrue(refusal(Map.of()).contains("line 3"), refusal(Map.of()));
  }

  @Test
  void a_list_where_one_value_belongs_is_refused() throws IOException {
    file("kafka:\n  bootstrapServers: [a:1, b:2]\n");
    assertTrue(refusal(Map.of()).contains("kafka.bootstrapServers must be one value"));
  }

  @Test
  void every_listener_moves_with_the_offset() {
    HttpSettings http = read(Map.of(), Map.of("http.portOffset", "100")).http();
    assertEquals(8180, http.listener("api"));
    assertEquals(8101, http.listener("agents.order"));
    http.listeners().forEach((key, port) -> assertTrue(port > 4000, key));
  }

  @Test
  void production_does_not_start_without_real_secrets() {
    assertTrue(refusal(Map.of("HOLDFAST_PROFILE", "production")).contains("tokens.secret"));
    Map<String, String> external =
        Map.of("HOLDFAST_PROFILE", "production", "JWT_SECRET", KEY, "HOLDFAST_POSTGRES_HOST", "db");
    assertTrue(refusal(external).contains("postgres.password"));
    assertTrue(refusal(Map.of("JWT_SECRET", "short")).contains("tokens.secret must be 32 bytes"));
    Settings started = read(Map.of("HOLDFAST_PROFILE", "production", "JWT_SECRET", KEY), Map.of());
    assertEquals(Profile.PRODUCTION, started.profile());
  }

  @Test
  void secrets_are_never_printed() {
    Settings settings =
        read(
            Map.of("HOLDFAST_TOKENS_SECRET", KEY, "HOLDFAST_POSTGRES_PASSWORD", "pssst"), Map.of());
    assertFalse(settings.toString().contains(KEY), settings.toString());
    assertFalse(settings.toString().contains("pssst"), settings.toString());
    assertEquals("pssst", settings.postgres().password().reveal());
  }

  @Tag("E-264")
  @Test
  void older_names_are_honoured_and_the_regular_ones_win() {
    Map<String, String> both = Map.of("PROMETHEUS_PORT", "1", "HOLDFAST_HTTP_METRICS", "2");
    assertEquals(1, read(Map.of("PROMETHEUS_PORT", "1"), Map.of()).http().metrics());
    assertEquals(2, read(both, Map.of()).http().metrics());
  }

  @Test
  void paths_outside_the_file_are_relative_to_the_working_directory() throws IOException {
    file("data:\n  folder: here\n");
    assertEquals(checkout.resolve("here"), read(Map.of(), Map.of()).data().folder());
    Path there = Path.of("/work/there");
    assertEquals(there, read(Map.of("HOLDFAST_DATA", "there"), Map.of()).data().folder());
    assertEquals(there, read(Map.of(), Map.of("data.folder", "there")).data().folder());
  }

  private Settings read(Map<String, String> environment, Map<String, String> arguments) {
    return new SettingsReader(checkout, Path.of("/work"), environment).read(arguments);
  }

  private String refusal(Map<String, String> environment) {
    return assertThrows(SettingsException.class, () -> read(environment, Map.of())).getMessage();
  }

  private void file(String yaml) throws IOException {
    Path conf = Files.createDirectories(checkout.resolve("conf"));
    Files.writeString(conf.resolve("holdfast.yaml"), yaml);
  }
}
