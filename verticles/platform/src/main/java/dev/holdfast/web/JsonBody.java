package dev.holdfast.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import io.vertx.core.Handler;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads a request's JSON strictly: one object, UTF-8 without a byte order mark, no field twice,
 * nothing after it, no text that PostgreSQL can't hold (the NUL character, half a surrogate pair),
 * all within {@link JsonLimits}. Anything else is the client's mistake: 400, never 500. Reading a
 * document of the greatest size takes a few milliseconds of the event loop.
 */
public final class JsonBody {
  private static final String KEY = "holdfast.body";

  private final JsonLimits limits;
  private final JsonFactory factory;

  public JsonBody(JsonLimits limits) {
    this.limits = limits;
    this.factory =
        JsonFactory.builder()
            .streamReadConstraints(
                StreamReadConstraints.builder()
                    .maxDocumentLength(limits.bytes())
                    .maxTokenCount(limits.tokens())
                    .maxNestingDepth(limits.depth())
                    .maxStringLength(limits.stringChars())
                    .maxNameLength(limits.nameChars())
                    .maxNumberLength(limits.numberChars())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            // Names come from strangers; they must not stay in the JVM's string table. The parser's
            // own table stays on: without it another parser is used, which mends bad UTF-8.
            .configure(JsonFactory.Feature.INTERN_FIELD_NAMES, false)
            .build();
  }

  /** A route handler behind a body handler: reads the body for {@link #of}, or fails with 400. */
  public Handler<RoutingContext> reader() {
    return context -> {
      try {
        context.put(KEY, object(context.body().buffer()));
      } catch (ProblemException bad) {
        context.fail(bad);
        return;
      }
      context.next();
    };
  }

  /**
   * The object that {@link #reader} read.
   *
   * @throws IllegalStateException when the route has no reader
   */
  public static JsonObject of(RoutingContext context) {
    JsonObject body = context.get(KEY);
    if (body == null) {
      throw new IllegalStateException("the route asks for a body but does not read one");
    }
    return body;
  }

  /**
   * The object in these bytes.
   *
   * @param bytes may be null, for no body
   * @throws ProblemException 400 with {@code body_missing}, {@code invalid_json} or {@code
   *     json_limit}
   */
  public JsonObject object(Buffer bytes) {
    if (bytes == null || bytes.length() == 0) {
      throw Problem.badRequest("body_missing", "The request needs a JSON body.").asException();
    }
    if (bytes.length() > limits.bytes()) {
      throw tooMuch();
    }
    byte[] document = bytes.getBytes();
    checkEncoding(document);
    try (JsonParser parser = factory.createParser(document)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw invalid("The body must be one JSON object.");
      }
      JsonObject object = new JsonObject(object(parser));
      if (parser.nextToken() != null) {
        throw invalid("Something stands after the JSON object.");
      }
      return object;
    } catch (StreamConstraintsException limit) {
      throw tooMuch();
    } catch (JsonProcessingException syntax) {
      throw invalid("The body is not valid JSON" + place(syntax.getLocation()) + ".");
    } catch (IOException encoding) {
      throw invalid("The body is not valid UTF-8.");
    }
  }

  /** Jackson would guess UTF-16 and UTF-32 and skip a byte order mark; JSON here is plain UTF-8. */
  private static void checkEncoding(byte[] document) {
    boolean mark = document[0] == (byte) 0xEF || document[0] == (byte) 0xFE;
    boolean wide = document[0] == 0 || (document.length > 1 && document[1] == 0);
    if (mark || wide || document[0] == (byte) 0xFF) {
      throw invalid("The body must be UTF-8 without a byte order mark.");
    }
  }

  private Map<String, Object> object(JsonParser parser) throws IOException {
    Map<String, Object> fields = new LinkedHashMap<>();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = text(parser.currentName(), parser);
      fields.put(name, value(parser, parser.nextToken()));
    }
    return fields;
  }

  private List<Object> array(JsonParser parser) throws IOException {
    List<Object> values = new ArrayList<>();
    for (JsonToken token = parser.nextToken();
        token != JsonToken.END_ARRAY;
        token = parser.nextToken()) {
      values.add(value(parser, token));
    }
    return values;
  }

  /** Recursion is bounded by the limit on depth, which the parser checks. */
  private Object value(JsonParser parser, JsonToken token) throws IOException {
    if (token == null) {
      throw invalid("The body ends too early.");
    }
    return switch (token) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> text(parser.getText(), parser);
      case VALUE_NUMBER_INT -> parser.getNumberValue();
      case VALUE_NUMBER_FLOAT -> finite(parser.getDoubleValue(), parser);
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> throw invalid("The body is not valid JSON.");
    };
  }

  private static Double finite(double number, JsonParser parser) {
    if (!Double.isFinite(number)) {
      throw invalid("A number is too large" + place(parser.currentTokenLocation()) + ".");
    }
    return number;
  }

  private static String text(String text, JsonParser parser) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean pair =
          Character.isHighSurrogate(c)
              && i + 1 < text.length()
              && Character.isLowSurrogate(text.charAt(i + 1));
      if (c == 0 || (Character.isSurrogate(c) && !pair)) {
        throw invalid("A text holds no valid Unicode" + place(parser.currentTokenLocation()) + ".");
      }
      i += pair ? 1 : 0;
    }
    return text;
  }

  private static String place(JsonLocation at) {
    return at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
  }

  private ProblemException tooMuch() {
    return Problem.badRequest(
            "json_limit",
            "The body passes a limit: %d bytes, %d tokens, depth %d, %d characters a text."
                .formatted(limits.bytes(), limits.tokens(), limits.depth(), limits.stringChars()))
        .asException();
  }

  private static ProblemException invalid(String detail) {
    return Problem.badRequest("invalid_json", detail).asException();
  }
}
