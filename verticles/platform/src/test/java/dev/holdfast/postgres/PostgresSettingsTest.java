package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.sqlclient.Tuple;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PostgresSettingsTest {
  private static final PostgresLogin LOGIN =
      new PostgresLogin("localhost", 5432, "shop", "holdfast_app", "s3cret");

  @Test
  void a_password_is_never_printed() {
    PostgresSettings settings = PostgresSettings.of("lanes", LOGIN).withSession("jit", "off");
    assertFalse(settings.toString().contains("s3cret"));
    assertEquals("holdfast_app@localhost:5432/shop", LOGIN.toString());
  }

  @Test
  void a_limit_out_of_range_is_named() {
    PostgresSettings settings = PostgresSettings.of("lanes", LOGIN);
    assertNamed("poolSize", () -> settings.withPool(0, 10));
    assertNamed("waitQueueSize", () -> settings.withPool(16, 8));
    assertNamed("connectionTimeout", () -> settings.withConnectionTimeout(Duration.ZERO));
    assertNamed("port", () -> new PostgresLogin("localhost", 0, "shop", "a", ""));
    assertNamed("user", () -> LOGIN.as(" ", ""));
    assertNamed(
        "renewal",
        () ->
            new LeaseTimes(
                Duration.ofSeconds(5),
                Duration.ofSeconds(3),
                Duration.ofSeconds(1),
                Duration.ofSeconds(1)));
  }

  @Test
  void a_statement_is_known_by_its_text_and_the_classes_of_its_arguments() {
    AcceptedStatements accepted = new AcceptedStatements();
    accepted.add("a", Tuple.of(1, "x"));
    assertTrue(accepted.knows("a", Tuple.of(2, "y")));
    assertTrue(accepted.knows("a", Tuple.of(2, (Object) null)));
    assertFalse(accepted.knows("b", Tuple.of(1, "x")));
    assertFalse(accepted.knows("a", Tuple.of("1", "x")));
    assertFalse(accepted.knows("a", Tuple.of(1)));
    assertFalse(accepted.knows("a", Tuple.of(1, "x", 3)));
    accepted.add("a", Tuple.of(3, (Object) null));
    assertTrue(accepted.knows("a", Tuple.of(2, "y")), "a null forgets nothing");
    accepted.add("array", Tuple.tuple().addValue(new Object[] {1}));
    assertFalse(
        accepted.knows("array", Tuple.tuple().addValue(new Object[] {"x"})),
        "the elements of an Object[] may be anything");
  }

  private static void assertNamed(String field, Runnable making) {
    Exception refused = assertThrows(IllegalArgumentException.class, making::run);
    assertTrue(refused.getMessage().contains(field), refused.getMessage());
  }
}
