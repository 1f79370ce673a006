package dev.holdfast.launcher.days;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.commerce.shared.Units;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SmallDayTest {
  static final Path FILE = Path.of("src/test/resources/days/small-day.csv");

  private final DayFile day = DayFile.read(FILE);
  private final Map<String, Document> documents =
      day.documents().stream().collect(Collectors.toMap(Document::number, Function.identity()));

  @TempDir Path folder;

  @Test
  void every_document_is_of_exactly_one_class() {
    Map<String, Long> classes =
        day.documents().stream()
            .collect(
                Collectors.groupingBy(
                    document -> document.getClass().getSimpleName(), Collectors.counting()));
    assertEquals(24, day.rows());
    assertEquals(
        Map.of(
            "Order", 6L,
            "Return", 5L,
            "StockAdjustment", 3L,
            "LedgerAdjustment", 1L,
            "Unreadable", 1L),
        classes);
  }

  @Test
  void line_amounts_are_rounded_half_up_and_repeated_rows_are_lines() {
    Document.Order order = (Document.Order) documents.get("700001");
    assertEquals(4, order.lines().size());
    assertEquals(4_830, order.amountMinor());
    assertEquals(558, documents.get("700003").amountMinor());
    assertEquals(-106_206, documents.get("A700013").amountMinor());
    assertEquals(-2_985, documents.get("C700008").amountMinor());
  }

  @Test
  void customers_countries_and_times_are_read_as_the_rules_say() {
    Document.Order first = (Document.Order) documents.get("700001");
    assertEquals("17850", first.customer());
    assertEquals("GB", first.country());
    assertEquals(Instant.parse("2011-03-01T08:26:00Z"), first.at());
    assertEquals("LANTERN, METAL, RED", first.lines().getFirst().description());
    Document.Order guest = (Document.Order) documents.get("700002");
    assertNull(guest.customer());
    assertEquals("IE", guest.country());
    assertEquals("ZA", ((Document.Order) documents.get("700003")).country());
    assertEquals("JE", ((Document.Order) documents.get("700004")).country());
    assertNull(((Document.Order) documents.get("700015")).country());
  }

  @Test
  void summer_time_is_an_hour_behind() throws IOException {
    Document.Order order = (Document.Order) read("1,10001,X,1,2011-07-01 09:00:00,1.00,,France");
    assertEquals(Instant.parse("2011-07-01T08:00:00Z"), order.at());
  }

  @Test
  void adjustments_have_a_reason() {
    assertEquals("unspecified", ((Document.StockAdjustment) documents.get("700005")).reason());
    assertEquals("damaged", ((Document.StockAdjustment) documents.get("700006")).reason());
  }

  @Test
  void an_unreadable_row_refuses_its_document_with_file_line_and_reason() {
    Document.Unreadable refused = (Document.Unreadable) documents.get("700014");
    assertEquals("small-day.csv", refused.file());
    assertEquals(22, refused.line());
    assertEquals("Quantity is no whole number: 'one'", refused.reason());
  }

  @Test
  void a_row_of_other_shape_refuses_its_document_alone() throws IOException {
    assertTrue(read("1,10001,X,1,2011-07-01 09:00:00,1.00") instanceof Document.Unreadable);
    assertTrue(read("1,,X,1,2011-07-01 09:00:00,1.00,,France") instanceof Document.Unreadable);
    assertTrue(read("1,10001,X,1,2011-02-30 09:00:00,1.00,,X") instanceof Document.Unreadable);
    assertTrue(read("1,10001,X,1,2011-07-01 09:00:00,-1.00,,X") instanceof Document.Unreadable);
    assertTrue(read("1,10001,X,-1,2011-07-01 09:00:00,1.00,,X") instanceof Document.Unreadable);
    assertTrue(read("C1,10001,X,1,2011-07-01 09:00:00,1.00,,X") instanceof Document.Unreadable);
    assertTrue(read("1,10001,X,1,2011-07-01 09:00:00,1.00,A7,X") instanceof Document.Unreadable);
  }

  private Document read(String row) throws IOException {
    Path file = folder.resolve("one.csv");
    Files.writeString(file, String.join(",", RowRules.COLUMNS) + "\n" + row + "\n");
    return DayFile.read(file).documents().getFirst();
  }

  @Test
  void a_file_that_is_none_stops_everything() throws IOException {
    Path missing = folder.resolve("missing.csv");
    assertThrows(DayFileException.class, () -> DayFile.read(missing));
    Path other = Files.writeString(folder.resolve("other.csv"), "a,b\n1,2\n");
    assertThrows(DayFileException.class, () -> DayFile.read(other));
    Path garbled = Files.write(folder.resolve("garbled.csv"), new byte[] {(byte) 0xc3, 0x28});
    assertThrows(DayFileException.class, () -> DayFile.read(garbled));
  }

  @Test
  void opening_stock_is_what_orders_and_write_offs_need() {
    List<Units> whole = OpeningRules.of(day, BigDecimal.ONE);
    assertEquals(
        List.of(
            new Units("10001", 15),
            new Units("10002A", 20),
            new Units("10003", 2),
            new Units("10004B", 5),
            new Units("10004b", 3),
            new Units("10005", 40),
            new Units("10006", 3)),
        whole);
    List<Units> half = OpeningRules.of(day, new BigDecimal("0.5"));
    assertEquals(7 + 10 + 1 + 2 + 1 + 20 + 1, half.stream().mapToLong(Units::units).sum());
  }

  @Test
  void products_are_named_by_their_first_description() {
    Map<String, Catalogue.Product> products =
        Catalogue.of(day.documents()).stream()
            .collect(Collectors.toMap(Catalogue.Product::sku, Function.identity()));
    assertEquals("10003", products.get("10003").name());
    assertEquals("damaged", products.get("10005").name());
    assertEquals(new BigDecimal("2.55"), products.get("10001").unitPrice());
  }
}
