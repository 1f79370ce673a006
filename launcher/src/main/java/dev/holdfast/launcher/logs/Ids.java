package dev.holdfast.launcher.logs;

import dev.holdfast.trace.Work;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** Whose doing a line is: the names of the ids, and which of them it has. */
final class Ids {
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  /** Whose lanes and runs are kept apart by orders, and whose by returns. */
  private static final Set<String> OF_ORDERS =
      Set.of("order", "inventory", "fraud", "payment", "transport", "order-to-delivery");

  private static final Set<String> OF_RETURNS = Set.of("aftersales", "return-to-refund");

  private Ids() {}

  /** Tells each id that the work has, by its name in the Elastic Common Schema. */
  static void of(Work work, BiConsumer<String, String> to) {
    if (work.span().isRecorded()) {
      to.accept("trace.id", work.span().traceId());
      to.accept("span.id", work.span().spanId());
    }
    if (work.agent() != null) {
      to.accept("labels.agent", work.agent());
      subject(work, to);
    }
    if (work.run() != null) {
      to.accept("labels.run", work.run().toString());
    }
  }

  /** Other keys, such as a customer's, say something of a person. */
  private static void subject(Work work, BiConsumer<String, String> to) {
    if (work.subject() != null && UUID.matcher(work.subject()).matches()) {
      if (OF_ORDERS.contains(work.agent())) {
        to.accept("labels.order", work.subject());
      } else if (OF_RETURNS.contains(work.agent())) {
        to.accept("labels.return", work.subject());
      }
    }
  }
}
