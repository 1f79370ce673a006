package dev.holdfast.commerce.partners;

import dev.holdfast.commerce.partners.PaymentGateway.Answer;
import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import dev.holdfast.commerce.partners.PaymentGateway.Movement;
import dev.holdfast.commerce.partners.PaymentGateway.Notice;
import dev.holdfast.commerce.partners.ProviderStore.Line;
import dev.holdfast.commerce.partners.ProviderStore.Standing;
import dev.holdfast.commerce.partners.SimulatedPartner.Result;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.DerivedId;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * One batch of requests on the provider's books: what it finds, decides and leaves to be written.
 */
final class ProviderBooks {
  private static final Duration AUTHORISATION_LASTS = Duration.ofDays(7);

  private final Map<String, Movement> known = new HashMap<>();
  private final Map<String, Standing> standings = new HashMap<>();
  private final Set<Standing> made = new HashSet<>();

  final List<Line> lines = new ArrayList<>();
  final Set<Standing> changed = new LinkedHashSet<>();
  final Aftermath aftermath;

  /**
   * A request.
   *
   * @param token of an authorisation, else null
   * @param authorisation the reference, null for an authorisation
   * @param amount null for a void
   * @param arrivesNow whether it was held up and comes in now
   */
  record Request(
      String key, Kind kind, Money amount, String token, String authorisation, boolean arrivesNow) {
    Request asArriving() {
      return new Request(key, kind, amount, token, authorisation, true);
    }
  }

  ProviderBooks(List<Movement> known, List<Standing> standings, Aftermath aftermath) {
    this.aftermath = aftermath;
    known.forEach(movement -> this.known.put(movement.key(), movement));
    standings.forEach(standing -> this.standings.put(standing.reference, standing));
  }

  /** Decides one request as the ones before it left the books. */
  Result<Answer> decide(Request request) {
    if (request.arrivesNow()) {
      aftermath.arrived(request.key());
    }
    Movement before = known.get(request.key());
    if (before != null) {
      return new Result<>(before.answer(), null);
    }
    Fault fault = aftermath.met(request.key(), request.kind().name(), faultOf(request));
    if (fault == Fault.ARRIVES_LATE) {
      aftermath.holdUp(request.key(), request);
      return new Result<>(null, fault);
    }
    return new Result<>(carryOut(request, fault).answer(), fault);
  }

  private Optional<Fault> faultOf(Request request) {
    return aftermath.wasHeldUp(request.key(), request.arrivesNow())
        ? Optional.empty()
        : drawnFor(aftermath.settings, request);
  }

  /** The fault that the request meets unless it was held up before. */
  static Optional<Fault> drawnFor(SimulatorSettings settings, Request request) {
    return request.kind() == Kind.AUTHORISE
        ? FaultRules.ofAuthorisation(settings, request.key(), request.token())
        : FaultRules.ofMovement(settings, request.key(), request.kind());
  }

  private Movement carryOut(Request request, Fault fault) {
    Movement movement =
        switch (request.kind()) {
          case AUTHORISE -> authorise(request, fault);
          case CAPTURE -> capture(request);
          case VOID -> letGo(request);
          case REFUND -> refund(request);
        };
    known.put(movement.key(), movement);
    lines.add(new Line(movement, standings.get(movement.reference())));
    tell(movement);
    return movement;
  }

  private Movement authorise(Request request, Fault fault) {
    if (fault == Fault.DECLINE || "tok_declined".equals(request.token())) {
      return line(request, request.amount(), "card_declined");
    }
    Movement movement = line(request, request.amount(), null);
    Standing standing = new Standing(movement.reference(), request.amount(), movement.expiresAt());
    standings.put(standing.reference, standing);
    made.add(standing);
    return movement;
  }

  private Movement capture(Request request) {
    Standing standing = standings.get(request.authorisation());
    String declinedFor = hindrance(standing, request.amount());
    if (declinedFor == null && request.amount().minor() > standing.amount - standing.captured) {
      declinedFor = "exceeds_authorised";
    }
    if (declinedFor == null) {
      standing.captured += request.amount().minor();
      changed(standing);
    }
    return line(request, request.amount(), declinedFor);
  }

  private String hindrance(Standing standing, Money amount) {
    if (standing == null) {
      return "unknown_authorisation";
    }
    if (standing.voided) {
      return "authorisation_voided";
    }
    if (!standing.currency.equals(amount.currency())) {
      return "currency_differs";
    }
    return standing.expiresAt.isBefore(aftermath.now) ? "authorisation_expired" : null;
  }

  private Movement letGo(Request request) {
    Standing standing = standings.get(request.authorisation());
    if (standing == null) {
      return line(request, Money.zero("XXX"), "unknown_authorisation");
    }
    Money amount = new Money(standing.amount, standing.currency);
    if (standing.voided) {
      return line(request, amount, "authorisation_voided");
    }
    if (standing.captured > 0) {
      return line(request, amount, "already_captured");
    }
    standing.voided = true;
    changed(standing);
    return line(request, amount, null);
  }

  private Movement refund(Request request) {
    Standing standing = standings.get(request.authorisation());
    String declinedFor =
        standing == null
            ? "unknown_authorisation"
            : request.amount().minor() > standing.captured - standing.refunded
                ? "exceeds_captured"
                : null;
    if (declinedFor == null) {
      standing.refunded += request.amount().minor();
      changed(standing);
    }
    return line(request, request.amount(), declinedFor);
  }

  /** An authorisation of this batch is written with its line. */
  private void changed(Standing standing) {
    if (!made.contains(standing)) {
      changed.add(standing);
    }
  }

  private Movement line(Request request, Money amount, String declinedFor) {
    boolean authorises = request.kind() == Kind.AUTHORISE;
    UUID number = DerivedId.at(aftermath.now, "psp", request.key());
    String reference = "psp_" + number.toString().replace("-", "");
    return new Movement(
        0,
        request.key(),
        request.kind(),
        declinedFor,
        amount,
        reference,
        authorises ? reference : request.authorisation(),
        aftermath.now,
        authorises && declinedFor == null ? aftermath.now.plus(AUTHORISATION_LASTS) : null);
  }

  private void tell(Movement movement) {
    String id = movement.kind().name().toLowerCase(Locale.ROOT) + "/" + movement.key();
    Fault fault = FaultRules.ofNotice(aftermath.settings, id).orElse(null);
    if (fault == null && !FaultRules.isTold(aftermath.settings, movement.key())) {
      return;
    }
    Notice notice =
        new Notice(
            id,
            movement.key(),
            movement.kind(),
            movement.approved(),
            movement.reference(),
            aftermath.now);
    aftermath.tell(id, notice, aftermath.now, fault);
  }
}
