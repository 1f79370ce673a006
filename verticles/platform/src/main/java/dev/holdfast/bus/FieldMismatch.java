package dev.holdfast.bus;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;

/**
 * A text is not what a record takes. Its message names the field and holds nothing of the text. It
 * carries no stack trace, because it is expected.
 */
public final class FieldMismatch extends RuntimeException {
  private static final long serialVersionUID = 1L;

  FieldMismatch(String message) {
    super(message, null, false, false);
  }

  static FieldMismatch of(JsonMappingException cause) {
    String field = path(cause);
    if (field.isEmpty()) {
      return new FieldMismatch("The text is not what this message takes.");
    }
    return new FieldMismatch(
        cause instanceof UnrecognizedPropertyException
            ? field + " is no field of this message."
            : field + " is not what this message takes.");
  }

  /** Such as {@code lines[1].units}. */
  private static String path(JsonMappingException cause) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference at : cause.getPath()) {
      if (at.getFieldName() == null) {
        path.append('[').append(at.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(at.getFieldName());
      }
    }
    return path.toString();
  }
}
