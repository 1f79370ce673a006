package dev.holdfast.launcher.settings;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Reads the settings from all their sources.
 *
 * @param checkout the folder with {@code conf/holdfast.yaml}, and a further file for each section
 *     that has one, such as {@code conf/guards.yaml}; paths in them are relative to it
 * @param workingDirectory what other paths are relative to
 * @param environment the process's environment
 */
public record SettingsReader(
    Path checkout, Path workingDirectory, Map<String, String> environment) {
  private static final YAMLMapper YAML =
      YAMLMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  /**
   * The settings.
   *
   * @param arguments what the command line says, by key; it wins over all else
   * @throws SettingsException when they cannot be used
   */
  public Settings read(Map<String, String> arguments) {
    Settings shipped = Settings.shipped();
    Set<String> known = RecordShape.flatten(shipped).keySet();
    Map<String, Entry> entries = new LinkedHashMap<>();
    entries.putAll(fromFile("holdfast", "", known));
    for (String section : RecordShape.sections(shipped)) {
      entries.putAll(fromFile(section, section, known));
    }
    entries.putAll(fromEnvironment(known));
    arguments.forEach(
        (key, text) -> entries.put(key, new Entry(text, "command line", workingDirectory)));
    Settings settings = RecordShape.with(shipped, entries);
    return settings.data().folder().isAbsolute() ? settings : inCheckout(settings);
  }

  private Settings inCheckout(Settings settings) {
    Entry folder = new Entry(settings.data().folder().toString(), "shipped", checkout);
    return RecordShape.with(settings, Map.of("data.folder", folder));
  }

  /** The entries of one file, all of which lie in the given section; empty: in any. */
  private Map<String, Entry> fromFile(String name, String section, Set<String> known) {
    Path file = checkout.resolve("conf").resolve(name + ".yaml");
    Map<String, Entry> entries = new LinkedHashMap<>();
    if (Files.exists(file)) {
      collect(section, parse(file), file, entries);
    }
    for (String key : entries.keySet()) {
      if (!known.contains(key)) {
        throw new SettingsException(
            "%s has the unknown key %s; known are %s".formatted(file, key, siblings(key, known)));
      }
    }
    return entries;
  }

  private static JsonNode parse(Path file) {
    try {
      return YAML.readTree(file.toFile());
    } catch (JsonProcessingException malformed) {
      throw new SettingsException(
          "%s, line %d: %s"
              .formatted(file, malformed.getLocation().getLineNr(), malformed.getOriginalMessage()),
          malformed);
    } catch (IOException unreadable) {
      throw new SettingsException(file + " cannot be read: " + unreadable, unreadable);
    }
  }

  private void collect(String key, JsonNode node, Path file, Map<String, Entry> entries) {
    if (node.isObject()) {
      String prefix = key.isEmpty() ? "" : key + ".";
      node.properties().forEach(e -> collect(prefix + e.getKey(), e.getValue(), file, entries));
    } else if (node.isValueNode()) {
      if (!key.isEmpty()) {
        entries.put(key, new Entry(node.asText(""), file.toString(), checkout));
      }
    } else {
      throw new SettingsException("%s: %s must be one value".formatted(file, key));
    }
  }

  private Map<String, Entry> fromEnvironment(Set<String> known) {
    Map<String, Entry> entries = new LinkedHashMap<>();
    Map<String, String> keys =
        known.stream().collect(Collectors.toMap(EnvironmentNames::of, key -> key));
    EnvironmentNames.OTHERS.forEach((name, key) -> take(name, key, entries));
    keys.forEach((name, key) -> take(name, key, entries));
    Set<String> sections =
        known.stream()
            .filter(key -> key.contains("."))
            .map(key -> EnvironmentNames.sectionPrefix(key.substring(0, key.indexOf('.'))))
            .collect(Collectors.toSet());
    for (String name : new TreeMap<>(environment).keySet()) {
      if (!keys.containsKey(name)) {
        sections.stream()
            .filter(name::startsWith)
            .forEach(section -> refuseVariable(name, section, keys.keySet()));
      }
    }
    return entries;
  }

  private static void refuseVariable(String name, String section, Set<String> known) {
    throw new SettingsException(
        "the environment has the unknown %s; known are %s"
            .formatted(
                name,
                known.stream()
                    .filter(other -> other.startsWith(section))
                    .sorted()
                    .collect(Collectors.joining(", "))));
  }

  private void take(String name, String key, Map<String, Entry> entries) {
    String text = environment.get(name);
    if (text != null) {
      entries.put(key, new Entry(text, "environment " + name, workingDirectory));
    }
  }

  /** The keys of the same section, or all when the section itself is unknown. */
  private static String siblings(String key, Set<String> known) {
    String section = key.substring(0, key.lastIndexOf('.') + 1);
    String same =
        known.stream().filter(other -> other.startsWith(section)).collect(Collectors.joining(", "));
    return same.isEmpty() ? String.join(", ", known) : same;
  }
}
