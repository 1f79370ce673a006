package dev.holdfast.launcher.days;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * The books of a whole data folder. Money is in the minor unit, stock in units of stocked codes.
 *
 * @param restarts of agents, since the folder began
 * @param level of degradation when it was written, 0 for none
 * @param seconds that the command took
 * @param booksBalanced whether {@code findings} is empty
 * @param findings what does not balance, and what to look at
 */
@JsonPropertyOrder({
  "documents",
  "orders",
  "returns",
  "money",
  "stock",
  "events",
  "runs",
  "restarts",
  "level",
  "seconds",
  "books_balanced"
})
public record ReconciliationReport(
    Documents documents,
    Orders orders,
    Returns returns,
    Money money,
    Stock stock,
    Events events,
    Runs runs,
    long restarts,
    int level,
    double seconds,
    boolean booksBalanced,
    @JsonIgnore List<String> findings) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  public ReconciliationReport {
    findings = List.copyOf(findings);
  }

  /** How many documents of each class are recorded. */
  public record Documents(
      long orders, long returns, long stockAdjustments, long ledgerAdjustments, long unreadable) {}

  /**
   * Orders by where they are.
   *
   * @param accepted orders with a row, refused ones included
   * @param refused by reason
   * @param held waiting for a person
   * @param open on their way
   */
  public record Orders(
      long accepted, long delivered, Map<String, Long> refused, long held, long open) {
    public Orders {
      refused = Map.copyOf(refused);
    }

    long refusedInAll() {
      return refused.values().stream().mapToLong(Long::longValue).sum();
    }
  }

  /** Returns by where they are. */
  public record Returns(long refunded, Map<String, Long> refused, long open) {
    public Returns {
      refused = Map.copyOf(refused);
    }
  }

  /**
   * What was paid.
   *
   * @param orderedMinor of all orders, refused ones too
   * @param orderedUnits of all their lines
   * @param returnedMinor asked back in all returns, refused ones too
   * @param capturedMinor by our ledger
   * @param refundedMinor by our ledger
   * @param providerCapturedMinor by the provider's
   * @param providerRefundedMinor by the provider's
   * @param differenceMinor how far captures and refunds are apart, added up
   */
  public record Money(
      String currency,
      long orderedMinor,
      long orderedUnits,
      long returnedMinor,
      long capturedMinor,
      long refundedMinor,
      long providerCapturedMinor,
      long providerRefundedMinor,
      long differenceMinor) {}

  /**
   * What lay and moved.
   *
   * @param adjusted signed
   * @param adjustedShort to be written off, but not free
   * @param difference opening - sold + returned + adjusted - onHand
   */
  public record Stock(
      long opening,
      long sold,
      long returned,
      long adjusted,
      long adjustedShort,
      long onHand,
      long reserved,
      long difference) {}

  /** Events by how far they are. */
  public record Events(long committed, long published, long unsent, long dead) {}

  /** Workflow runs by how far they are. */
  public record Runs(long started, long completed, long turnedBack, long open, long needsHuman) {}

  /** As JSON. */
  public String json() {
    try {
      return JSON.writeValueAsString(this);
    } catch (IOException impossible) {
      throw new IllegalStateException("the report cannot be written as JSON", impossible);
    }
  }

  /**
   * Writes it to a file, whose folder is made.
   *
   * @throws DayFileException when it can't
   */
  public void write(Path file) {
    try {
      Path folder = file.toAbsolutePath().getParent();
      if (folder != null) {
        Files.createDirectories(folder);
      }
      Files.writeString(file, json() + System.lineSeparator());
    } catch (IOException unwritable) {
      throw new DayFileException("the report " + file + " cannot be written: " + unwritable);
    }
  }
}
