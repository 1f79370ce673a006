package dev.holdfast.bench;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.holdfast.bench.Peer.Form;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/** All windows as rates, ratios and counts an order; as text and as JSON. */
final class OrdersReport {
  private final int clients;
  private final List<Form> forms;
  private final List<List<Window>> blocks;

  /**
   * @param clients of the product
   * @param forms of the peer
   * @param blocks windows in their order, each block beginning and ending with the product
   */
  OrdersReport(int clients, List<Form> forms, List<List<Window>> blocks) {
    this.clients = clients;
    this.forms = forms;
    this.blocks = blocks;
  }

  private List<String> sides() {
    return Stream.concat(Stream.of(Windows.PRODUCT), forms.stream().map(Form::name)).toList();
  }

  private List<Window> of(String side) {
    return blocks.stream()
        .flatMap(List::stream)
        .filter(window -> window.side().equals(side))
        .toList();
  }

  private double mean(String side, ToDoubleFunction<Window> figure) {
    return of(side).stream().mapToDouble(figure).average().orElse(0);
  }

  private static double rate(List<Window> block, String side) {
    return block.stream()
        .filter(window -> window.side().equals(side))
        .mapToDouble(Window::perSecond)
        .average()
        .orElseThrow();
  }

  /** The product's rate to a peer's. */
  Ratios ratioTo(Form form) {
    return Ratios.of(
        blocks.stream()
            .map(block -> rate(block, Windows.PRODUCT) / rate(block, form.name()))
            .toList());
  }

  /** Equal windows: how far apart the product's two windows of a block are. */
  Ratios equalWindows() {
    return Ratios.of(
        blocks.stream()
            .map(block -> block.getFirst().perSecond() / block.getLast().perSecond())
            .toList());
  }

  String table() {
    StringBuilder text = new StringBuilder();
    text.append("%nan order, on average %26s".formatted("product"));
    forms.forEach(form -> text.append(" %10s".formatted(form.mark())));
    text.append(System.lineSeparator());
    line(text, "orders/s", "%10.0f", Window::perSecond);
    line(text, "commits", "%10.3f", window -> window.each(window.figures().commits()));
    line(text, "statements", "%10.3f", window -> window.each(window.figures().statements()));
    line(text, "WAL bytes", "%10.0f", window -> window.each(window.figures().walBytes()));
    line(text, "WAL flushes", "%10.3f", window -> window.each(window.figures().flushes()));
    line(text, "buffer hits", "%10.0f", window -> window.each(window.figures().bufferHits()));
    line(text, "CPU of PostgreSQL, us", "%10.0f", window -> window.each(window.cpu().postgres()));
    line(text, "CPU of the product's JVM, us", "%10.0f", window -> window.each(window.cpu().jvm()));
    line(text, "CPU of the broker, us", "%10.0f", window -> window.each(window.cpu().broker()));
    text.append("%nrows an order (inserted + updated)%n".formatted());
    for (String table : tables()) {
      text.append("  %-42s".formatted(table));
      sides().forEach(side -> text.append(rows(side, table)));
      text.append(System.lineSeparator());
    }
    text.append(
        "%nproduct: %d clients, p50 %.1f ms, p99 %.1f ms, other answers %s%n"
            .formatted(
                clients,
                mean(Windows.PRODUCT, window -> window.answers().p50Ms()),
                mean(Windows.PRODUCT, window -> window.answers().p99Ms()),
                of(Windows.PRODUCT).stream().map(window -> window.answers().others()).toList()));
    text.append(
        "open runs after the last answer: %s, %.2f s of load; commits of the partners' own books an order: %.3f%n"
            .formatted(
                of(Windows.PRODUCT).stream().map(Window::openRuns).toList(),
                mean(Windows.PRODUCT, window -> window.openRuns() / window.perSecond()),
                mean(Windows.PRODUCT, window -> window.each(window.partnerCommits()))));
    text.append(
        "%nratio of the product, median of %d blocks (lowest to highest)%n"
            .formatted(blocks.size()));
    forms.forEach(form -> text.append("  to %-42s %s%n".formatted(form.name(), ratioTo(form))));
    text.append("  of equal windows of the product               %s%n".formatted(equalWindows()));
    return text.toString();
  }

  private void line(
      StringBuilder text, String name, String format, ToDoubleFunction<Window> figure) {
    text.append("  %-31s ".formatted(name));
    sides().forEach(side -> text.append(" ").append(format.formatted(mean(side, figure))));
    text.append(System.lineSeparator());
  }

  private SortedSet<String> tables() {
    SortedSet<String> tables = new TreeSet<>();
    blocks.forEach(
        block -> block.forEach(window -> tables.addAll(window.figures().rows().keySet())));
    return tables;
  }

  private String rows(String side, String table) {
    double inserted = mean(side, window -> window.each(rows(window, table).inserted()));
    double updated = mean(side, window -> window.each(rows(window, table).updated()));
    return " %6.2f + %5.2f".formatted(inserted, updated);
  }

  private static Figures.Rows rows(Window window, String table) {
    return window.figures().rows().getOrDefault(table, Figures.Rows.NONE);
  }

  String json() {
    Map<String, Object> all = new LinkedHashMap<>();
    all.put("clients", clients);
    Map<String, Object> ratios = new LinkedHashMap<>();
    forms.forEach(form -> ratios.put(form.name(), ratioTo(form)));
    all.put("ratios", ratios);
    all.put("equalWindows", equalWindows());
    all.put(
        "windows",
        blocks.stream().map(block -> block.stream().map(OrdersReport::figures).toList()).toList());
    try {
      return new ObjectMapper().writerWithDefaultPrettyPrinter().writeValueAsString(all);
    } catch (JsonProcessingException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private static Map<String, Object> figures(Window window) {
    Map<String, Object> figures = new LinkedHashMap<>();
    figures.put("side", window.side());
    figures.put("orders", window.orders());
    figures.put("perSecond", window.perSecond());
    figures.put("figures", window.figures());
    figures.put("cpuMicros", window.cpu());
    figures.put("openRuns", window.openRuns());
    figures.put("partnerCommits", window.partnerCommits());
    if (window.answers() != null) {
      figures.put("otherAnswers", window.answers().others());
      figures.put("p50Ms", window.answers().p50Ms());
      figures.put("p99Ms", window.answers().p99Ms());
    }
    return figures;
  }
}
