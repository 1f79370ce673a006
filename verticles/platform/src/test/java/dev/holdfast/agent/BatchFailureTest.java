package dev.holdfast.agent;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.holdfast.errors.ErrorTable;
import dev.holdfast.kernel.ErrorCode;
import dev.holdfast.kernel.ErrorCode.Kind;
import dev.holdfast.kernel.Unavailable;
import dev.holdfast.postgres.DatabaseErrors;
import dev.holdfast.postgres.OutageCodes;
import io.vertx.pgclient.PgException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a lane does about a failure and what the table of errors says of it are the same. */
class BatchFailureTest {
  private final ErrorTable table = new ErrorTable(List.of(new DatabaseErrors(), new LaneErrors()));

  private static PgException sql(String state) {
    return new PgException("text", "ERROR", state, "detail");
  }

  private void assertAgree(Throwable failure) {
    boolean lanesBug = BatchFailure.of(failure) == BatchFailure.BUG;
    assertEquals(lanesBug, table.of(failure).kind() == Kind.BUG, failure.toString());
  }

  @Test
  void a_lane_parks_what_the_table_calls_a_bug_and_nothing_else() {
    Stream.of("40001", "40P01", "23505", "23514", "22003", "42P01", "42703", "XX000")
        .forEach(state -> assertAgree(sql(state)));
    assertAgree(new IllegalStateException("a decision threw"));
    table.codes().stream()
        .filter(code -> code.kind() == Kind.OUTAGE)
        .map(ErrorCode::code)
        .forEach(code -> assertAgree(new Unavailable(code, "text")));
  }

  @Test
  void reruns_in_vain_are_told_by_the_name_of_the_outage() {
    for (String code : List.of(OutageCodes.COMMIT_UNKNOWN, OutageCodes.CONNECTION_LOST)) {
      assertEquals(BatchFailure.RERUN, BatchFailure.of(new Unavailable(code, "text")));
      assertEquals(code, BatchFailure.afterReruns(new Unavailable(code, "text")).code());
    }
    assertEquals(LaneErrors.CONTENDED, BatchFailure.afterReruns(sql("40P01")).code());
  }
}
