package dev.holdfast.commerce.inventory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.commerce.inventory.StockRules.Spread;
import dev.holdfast.commerce.shared.Units;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StockRulesTest {

  @Test
  void a_line_comes_from_the_first_warehouse_that_has_all_of_it() {
    assertEquals(Optional.of(new Spread(5, 0)), StockRules.take(5, 5, 9));
    assertEquals(Optional.of(new Spread(0, 6)), StockRules.take(6, 5, 6));
  }

  @Test
  void a_line_that_neither_has_alone_comes_from_both() {
    assertEquals(Optional.of(new Spread(5, 3)), StockRules.take(8, 5, 7));
    assertEquals(Optional.of(new Spread(5, 7)), StockRules.take(12, 5, 7));
  }

  @Test
  void what_both_together_lack_is_not_taken() {
    assertEquals(Optional.empty(), StockRules.take(13, 5, 7));
  }

  @Test
  void opening_stock_is_halved_with_the_odd_unit_in_the_first() {
    assertEquals(new Spread(4, 3), StockRules.halves(7));
    assertEquals(new Spread(4, 4), StockRules.halves(8));
    assertEquals(new Spread(1, 0), StockRules.halves(1));
  }

  @Test
  void a_write_off_takes_no_more_than_is_free() {
    assertEquals(new Spread(3, 0), StockRules.writeOff(3, 5, 7));
    assertEquals(new Spread(5, 2), StockRules.writeOff(7, 5, 7));
    assertEquals(new Spread(5, 7), StockRules.writeOff(40, 5, 7));
  }

  @Test
  void units_are_summed_by_code_and_services_left_out() {
    List<Units> lines =
        List.of(
            new Units("85123A", 2),
            new Units("POST", 1),
            new Units("85123a", 1),
            new Units("85123A", 3));
    assertEquals(Map.of("85123A", 5L, "85123a", 1L), StockRules.stockedUnits(lines));
  }

  @Test
  void a_quantity_outside_the_range_names_its_code() {
    var refusal = StockRules.unfit(List.of(new Units("22423", 1), new Units("85048", 0)), 1);
    assertEquals("invalid_quantity", refusal.orElseThrow().code());
    assertTrue(refusal.orElseThrow().message().startsWith("85048:"), refusal.toString());
    assertTrue(StockRules.unfit(List.of(new Units("22423", 1_000_000_001)), 1).isPresent());
    assertTrue(StockRules.unfit(List.of(new Units("22423", 1_000_000_000)), 1).isEmpty());
  }
}
