package dev.holdfast.launcher.process;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * When this process began anew, handed from one image to the next in an environment variable.
 *
 * @param moments the oldest first
 */
public record StartsAgain(List<Instant> moments) {
  /** The variable: milliseconds since 1970, separated by commas. */
  public static final String VARIABLE = "HOLDFAST_STARTED_AGAIN";

  private static final Pattern MILLIS = Pattern.compile("\\d{1,18}");

  public StartsAgain {
    moments = List.copyOf(moments);
  }

  /** What the variable holds; what is no moment in it counts for nothing. */
  public static StartsAgain of(String text) {
    return new StartsAgain(
        Pattern.compile(",")
            .splitAsStream(text)
            .filter(part -> MILLIS.matcher(part).matches())
            .map(part -> Instant.ofEpochMilli(Long.parseLong(part)))
            .toList());
  }

  /** Those that lie less than the time before now. */
  public StartsAgain lately(Duration time, Instant now) {
    return new StartsAgain(
        moments.stream().filter(moment -> moment.plus(time).isAfter(now)).toList());
  }

  /** How many there are. */
  public int count() {
    return moments.size();
  }

  /** One more. */
  public StartsAgain and(Instant now) {
    List<Instant> more = new ArrayList<>(moments);
    more.add(now);
    return new StartsAgain(more);
  }

  /** As the variable holds it. */
  public String text() {
    return moments.stream()
        .map(moment -> String.valueOf(moment.toEpochMilli()))
        .collect(Collectors.joining(","));
  }
}
