package dev.holdfast.launcher.drill;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * How a drill ended.
 *
 * @param faults each with what came of it
 * @param requests of customers for a change: how many got which answer in the end ({@code ok},
 *     {@code refused}, {@code unknown})
 * @param lost numbers of orders that were confirmed and are not there
 * @param duplicated numbers of orders that are there twice, or under another id than was told
 * @param contradicted numbers of orders that were refused and went on all the same
 * @param untrue when the level that was said was wrong for more than five seconds, and how
 * @param errorsApart attempts that failed while nothing was broken on purpose
 * @param lettersReplayed commands that broke their agent, and took effect when that was over
 * @param reached goals that were reached
 * @param missed goals that had to be reached and were not
 * @param troubles what does not balance, did not settle or did not begin
 */
public record Score(
    List<OfFault> faults,
    Map<String, Long> requests,
    List<String> lost,
    List<String> duplicated,
    List<String> contradicted,
    List<String> untrue,
    long errorsApart,
    long lettersReplayed,
    List<String> reached,
    List<String> missed,
    List<String> troubles) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  /**
   * What came of one fault. Times are ms from its beginning; -1 when there was none.
   *
   * @param worstLevel that was sampled from its beginning until it was over
   * @param rung the highest that the target's ladder was climbed; "" when none was
   * @param detectedMs until an incident of its target, a dead letter of it, or a worse level than
   *     before it, was seen
   * @param provenMs until the last such incident was proven over, the last letter was replayed, or
   *     the level was 0 again
   * @param upMs from its end, not its beginning, until the level was 0
   * @param errors attempts of customers that were not answered, or by a server's error
   */
  public record OfFault(
      String fault,
      String target,
      int atMs,
      int forMs,
      int worstLevel,
      String rung,
      long detectedMs,
      long provenMs,
      long upMs,
      long errors) {}

  public Score {
    faults = List.copyOf(faults);
    requests = Map.copyOf(requests);
    lost = List.copyOf(lost);
    duplicated = List.copyOf(duplicated);
    contradicted = List.copyOf(contradicted);
    reached = List.copyOf(reached);
    missed = List.copyOf(missed);
    untrue = List.copyOf(untrue);
    troubles = List.copyOf(troubles);
  }

  /** Whether nothing was lost, doubled, contradicted, untrue or missed, and all balances. */
  @JsonIgnore
  public boolean isPassed() {
    return lost.isEmpty()
        && duplicated.isEmpty()
        && contradicted.isEmpty()
        && untrue.isEmpty()
        && missed.isEmpty()
        && troubles.isEmpty();
  }

  /** Writes it as JSON. */
  public void write(Path file) {
    try {
      JSON.writeValue(file.toFile(), this);
    } catch (IOException unwritable) {
      throw new UncheckedIOException("the score " + file + " cannot be written", unwritable);
    }
  }
}
