package dev.holdfast.errors;

import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCodes;
import dev.holdfast.kernel.Unavailable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All rooms' errors in one table. Immutable. */
public final class ErrorTable {
  /** How many wrappers are opened. */
  private static final int CAUSES = 5;

  private final List<ErrorCodes> rooms;
  private final Map<String, ErrorCode> byCode = new LinkedHashMap<>();

  /**
   * A table of these rooms, and of what belongs to none.
   *
   * @throws IllegalArgumentException when two rooms have the same code
   */
  public ErrorTable(List<? extends ErrorCodes> contributed) {
    List<ErrorCodes> all = new ArrayList<>(contributed);
    all.add(new CommonErrors());
    rooms = List.copyOf(all);
    for (ErrorCodes room : rooms) {
      for (ErrorCode code : room.codes()) {
        if (byCode.put(code.code(), code) != null) {
          throw new IllegalArgumentException("two rooms have the code " + code.code());
        }
      }
    }
  }

  /** Every code, room by room. */
  public List<ErrorCode> codes() {
    return List.copyOf(byCode.values());
  }

  /** The row of a code. */
  public Optional<ErrorCode> named(String code) {
    return Optional.ofNullable(byCode.get(code));
  }

  /**
   * What a failure is: the outermost exception that a room knows; wrappers that none knows are
   * opened. What nobody knows is a bug.
   */
  public ErrorCode of(Throwable failure) {
    Throwable at = failure;
    for (int depth = 0; at != null && depth < CAUSES; depth++, at = at.getCause()) {
      Optional<ErrorCode> known = known(at);
      if (known.isPresent()) {
        return known.get();
      }
    }
    return CommonErrors.INTERNAL;
  }

  private Optional<ErrorCode> known(Throwable failure) {
    if (failure instanceof Unavailable outage) {
      return Optional.of(byCode.getOrDefault(outage.code(), CommonErrors.UNAVAILABLE));
    }
    return rooms.stream().map(room -> room.of(failure)).flatMap(Optional::stream).findFirst();
  }
}
