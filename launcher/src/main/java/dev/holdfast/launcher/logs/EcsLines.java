package dev.holdfast.launcher.logs;

import ch.qos.logback.classic.spi.ILoggingEvent;
import co.elastic.logging.EcsJsonSerializer;
import co.elastic.logging.logback.EcsEncoder;
import dev.holdfast.trace.Work;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.event.KeyValuePair;

/** A JSON object a line, with the ids of the work and the facts of the line. */
final class EcsLines extends EcsEncoder {
  /** Where the schema has a name of its own. */
  private static final Map<String, String> NAMES = Map.of("id", "error.id", "code", "error.code");

  /**
   * The library leaves those as they are that JSON allows and a reader of lines may stumble over.
   */
  @Override
  public byte[] encode(ILoggingEvent event) {
    String line = new String(super.encode(event), StandardCharsets.UTF_8).stripTrailing();
    return (TextLines.escaped(line) + "\n").getBytes(StandardCharsets.UTF_8);
  }

  @Override
  protected void addCustomFields(ILoggingEvent event, StringBuilder line) {
    Map<String, String> fields = new LinkedHashMap<>();
    Ids.of(Work.current(), fields::put);
    if (event.getKeyValuePairs() != null) {
      for (KeyValuePair pair : event.getKeyValuePairs()) {
        fields.put(NAMES.getOrDefault(pair.key, "labels." + pair.key), String.valueOf(pair.value));
      }
    }
    fields.forEach((name, value) -> EcsJsonSerializer.serializeMdcEntry(line, name, value));
  }
}
