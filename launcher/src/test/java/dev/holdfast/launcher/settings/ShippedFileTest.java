package dev.holdfast.launcher.settings;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.holdfast.kernel.Secret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The files in {@code conf} and the records say the same. */
class ShippedFileTest {
  private static final Path CHECKOUT = Path.of(System.getProperty("holdfast.home"));
  private static final Path CONF = CHECKOUT.resolve("conf");
  private static final String MAIN = "holdfast.yaml";

  @Test
  void the_files_have_every_key_and_no_other_each_with_its_shipped_value() throws IOException {
    Map<String, String> inFile = new LinkedHashMap<>();
    for (Path file : files()) {
      flatten(section(file), new YAMLMapper().readTree(file.toFile()), inFile);
    }
    Map<String, String> shipped = new LinkedHashMap<>();
    RecordShape.flatten(Settings.shipped())
        .forEach((key, value) -> shipped.put(key, asWritten(value)));
    assertEquals(shipped, inFile);
  }

  @Test
  void the_files_give_the_shipped_settings() {
    Settings read = new SettingsReader(CHECKOUT, CHECKOUT, Map.of()).read(Map.of());
    assertEquals(Settings.shipped().http(), read.http());
    assertEquals(Settings.shipped().postgres(), read.postgres());
    assertEquals(Settings.shipped().kafka(), read.kafka());
    assertEquals(Settings.shipped().tokens(), read.tokens());
    assertEquals(Profile.DEVELOPMENT, read.profile());
  }

  @Test
  void every_key_has_a_comment_above_it_but_for_the_agents_ports() throws IOException {
    for (Path file : files()) {
      boolean isMain = file.endsWith(MAIN);
      List<String> lines = Files.readAllLines(file);
      for (int i = 1; i < lines.size(); i++) {
        String line = lines.get(i);
        boolean key = line.matches(isMain ? " {2}[a-zA-Z]+:.*|profile:.*" : "[a-zA-Z]+:.*");
        if (key) {
          assertTrue(lines.get(i - 1).strip().startsWith("#"), "no comment above: " + line);
        }
      }
    }
  }

  @Test
  void no_two_keys_share_a_name_in_the_environment() {
    Set<String> names = new HashSet<>(EnvironmentNames.OTHERS.keySet());
    RecordShape.flatten(Settings.shipped())
        .keySet()
        .forEach(key -> assertTrue(names.add(EnvironmentNames.of(key)), key));
  }

  private static List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(CONF)) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  /** All keys of a file but the main one lie in the section that it is named after. */
  private static String section(Path file) {
    String name = file.getFileName().toString();
    return name.equals(MAIN) ? "" : name.substring(0, name.lastIndexOf('.'));
  }

  private static String asWritten(Object value) {
    return switch (value) {
      case Enum<?> constant -> constant.name().toLowerCase(Locale.ROOT);
      case Secret secret -> secret.reveal();
      default -> value.toString();
    };
  }

  private static void flatten(String key, JsonNode node, Map<String, String> flat) {
    if (node.isObject()) {
      String prefix = key.isEmpty() ? "" : key + ".";
      node.properties().forEach(entry -> flatten(prefix + entry.getKey(), entry.getValue(), flat));
    } else {
      flat.put(key, node.asText());
    }
  }
}
