package dev.holdfast.postgres;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StatementNameTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          SELECT 1 | select | none
          SELECT o.total FROM orders.orders o FOR UPDATE OF o | select | orders.orders
          INSERT INTO holdfast.reply (id) VALUES ($1) ON CONFLICT DO UPDATE SET x = 1 | insert | holdfast.reply
          UPDATE orders.orders o SET version = c.version FROM changed c | update | orders.orders
          DELETE FROM ONLY partner.late | delete | partner.late
          WITH c AS (SELECT * FROM unnest($1)) UPDATE fraud.assessment a SET x = 1 | update | fraud.assessment
          WITH c AS (SELECT 1 FROM holdfast.run) SELECT * FROM c | select | holdfast.run
          COMMIT | commit | none
          """)
  void a_statement_is_named_by_what_it_changes_first(String sql, String operation, String table) {
    assertEquals(new StatementName(operation, table), StatementName.of(sql));
  }

  @Test
  void lines_and_comments_do_not_matter() {
    assertEquals(
        new StatementName("insert", "holdfast.outbox"),
        StatementName.of("\n  -- update nothing\n  INSERT\n  INTO holdfast.outbox (id)\n"));
  }
}
