package dev.holdfast.commerce.transport;

import dev.holdfast.commerce.partners.CarrierGateway.Notice;
import dev.holdfast.commerce.transport.TransportProtocol.CarrierNotice;
import dev.holdfast.commerce.transport.TransportProtocol.State;
import dev.holdfast.kernel.CommandId;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;

/** The carriers' notices as commands to the transport agent. */
public final class TransportNotices {
  private TransportNotices() {}

  /**
   * A command with the id under which it takes effect once, however often the notice is told.
   *
   * @param id follows from the notice
   */
  public record Told(CommandId id, CarrierNotice command) {}

  /** The command that a notice makes; empty when it is about no key of ours. */
  public static Optional<Told> of(Notice notice) {
    return LabelKey.parse(notice.key()).map(key -> told(key, notice));
  }

  private static Told told(LabelKey key, Notice notice) {
    LocalDate day = LocalDate.ofInstant(notice.at(), ZoneOffset.UTC);
    State state =
        switch (notice.progress()) {
          case PICKED_UP -> State.PICKED_UP;
          case DELIVERED -> State.DELIVERED;
        };
    return new Told(
        CommandId.ofWebhook("carrier", notice.id(), day),
        new CarrierNotice(key.merchant(), key.order(), notice.tracking(), state, notice.at()));
  }
}
