package dev.holdfast.launcher.platform;

import dev.holdfast.agent.LaneErrors;
import dev.holdfast.alert.AlertErrors;
import dev.holdfast.bus.BusErrors;
import dev.holdfast.commerce.order.OrderErrors;
import dev.holdfast.commerce.partners.PartnerErrors;
import dev.holdfast.errors.ErrorTable;
import dev.holdfast.guard.GuardErrors;
import dev.holdfast.journal.JournalErrors;
import dev.holdfast.postgres.DatabaseErrors;
import dev.holdfast.stream.KafkaErrors;
import dev.holdfast.web.HttpErrors;
import java.util.List;

/** The one place that puts the rooms' errors together. */
public final class ErrorRooms {
  private ErrorRooms() {}

  /** All errors of the process; {@code docs/errors.md} shows them. */
  public static ErrorTable table() {
    return new ErrorTable(
        List.of(
            new DatabaseErrors(),
            new KafkaErrors(),
            new GuardErrors(),
            new BusErrors(),
            new LaneErrors(),
            new JournalErrors(),
            new HttpErrors(),
            new AlertErrors(),
            new PartnerErrors(),
            new OrderErrors()));
  }
}
