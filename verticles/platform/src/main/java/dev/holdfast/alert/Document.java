package dev.holdfast.alert;

import io.vertx.core.buffer.Buffer;
import java.util.Map;

/**
 * What is sent to a receiver.
 *
 * @param headers besides the content's type
 * @param body JSON
 */
public record Document(Map<String, String> headers, Buffer body) {
  public Document {
    headers = Map.copyOf(headers);
  }

  /** One without headers of its own. */
  static Document of(Buffer body) {
    return new Document(Map.of(), body);
  }
}
