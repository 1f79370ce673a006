package dev.holdfast.bus;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.SerializerProvider;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.StdSerializer;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.holdfast.kernel.Command;
import java.io.IOException;
import java.util.Optional;

/**
 * Records as JSON texts, for rows, topics and other processes: their components and nothing that
 * they answer besides. Unknown fields are passed over, so that an older reader bears a newer
 * writer; times are ISO 8601, decimals are exact.
 */
public final class RecordJson {
  private static final ObjectMapper MAPPER =
      JsonMapper.builder()
          .addModule(new JavaTimeModule())
          .addModule(new SimpleModule().addSerializer(new OptionalWriter()))
          .disable(MapperFeature.AUTO_DETECT_IS_GETTERS)
          .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .serializationInclusion(JsonInclude.Include.NON_NULL)
          .build();

  private static final ObjectReader STRICT =
      MAPPER
          .reader()
          .with(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .with(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private static final ClassValue<JavaType> REPLIES =
      new ClassValue<>() {
        @Override
        protected JavaType computeValue(Class<?> command) {
          JavaType asked = MAPPER.constructType(command).findSuperType(Command.class);
          if (asked == null) {
            throw new IllegalArgumentException(command.getName() + " is no command");
          }
          return asked.getBindings().getBoundType(0);
        }
      };

  /** What is there is written as it is, what is not as null; for answers to people alone. */
  private static final class OptionalWriter extends StdSerializer<Optional<?>> {
    private static final long serialVersionUID = 1L;

    OptionalWriter() {
      super(Optional.class, false);
    }

    @Override
    public void serialize(Optional<?> value, JsonGenerator to, SerializerProvider with)
        throws IOException {
      to.writePOJO(value.orElse(null));
    }
  }

  private RecordJson() {}

  /** The text of a record. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("cannot be written as JSON: " + value.getClass(), e);
    }
  }

  /**
   * The record that a text stands for.
   *
   * @throws IllegalArgumentException when the text is no JSON of that type
   */
  public static <T> T read(String text, Class<T> type) {
    try {
      return MAPPER.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not a " + type.getSimpleName() + ": " + text, e);
    }
  }

  /**
   * The record that a text stands for, every field of it known.
   *
   * @throws FieldMismatch when the text is no JSON of that type; says which field, and nothing of
   *     what it holds
   */
  public static <T> T readStrictly(String text, Class<T> type) {
    try {
      return STRICT.forType(type).readValue(text);
    } catch (JsonMappingException e) {
      throw FieldMismatch.of(e);
    } catch (JsonProcessingException e) {
      throw new FieldMismatch("The text is no JSON.");
    }
  }

  /** The reply that a text stands for, of the type that the command's class declares. */
  public static Object readReply(String text, Class<?> command) {
    try {
      return MAPPER.readValue(text, REPLIES.get(command));
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "not a reply to " + command.getSimpleName() + ": " + text, e);
    }
  }
}
