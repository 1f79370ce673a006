package dev.holdfast.commerce.partners;

import dev.holdfast.bus.RecordJson;
import dev.holdfast.commerce.partners.PaymentGateway.Answer;
import dev.holdfast.commerce.partners.PaymentGateway.Kind;
import dev.holdfast.commerce.partners.PaymentGateway.Movement;
import dev.holdfast.commerce.partners.PaymentGateway.Notice;
import dev.holdfast.commerce.partners.ProviderStore.Line;
import dev.holdfast.commerce.partners.ProviderStore.Standing;
import dev.holdfast.commerce.partners.SimulatorStore.Happened;
import dev.holdfast.commerce.partners.SimulatorStore.HeldUp;
import dev.holdfast.commerce.partners.SimulatorStore.Untold;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.kernel.DerivedId;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One batch of requests on the provider's books: what it finds, decides and leaves to be written.
 */
final class ProviderBooks {
  private static final Duration AUTHORISATION_LASTS = Duration.ofDays(7);

  private final SimulatorSettings settings;
  private final Instant now;
  private final Map<String, Movement> known = new HashMap<>();
  private final Map<String, Standing> standings = new HashMap<>();
  private final Set<String> held;
  private final Set<Standing> made = new HashSet<>();

  final List<Line> lines = new ArrayList<>();
  final Set<Standing> changed = new LinkedHashSet<>();
  final List<Happened> faults = new ArrayList<>();
  final List<Untold> notices = new ArrayList<>();
  final List<HeldUp> heldUp = new ArrayList<>();
  final List<String> arrived = new ArrayList<>();

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

  /**
   * What became of a request.
   *
   * @param answer null while it is held up
   * @param fault what hides or delays the answer, or null
   */
  record Result(Answer answer, Fault fault) {}

  ProviderBooks(
      SimulatorSettings settings,
      Instant now,
      List<Movement> known,
      List<Standing> standings,
      List<String> heldUp) {
    this.settings = settings;
    // As the database keeps it, so that a repeated answer equals the first.
    this.now = now.truncatedTo(ChronoUnit.MICROS);
    this.held = Set.copyOf(heldUp);
    known.forEach(movement -> this.known.put(movement.key(), movement));
    standings.forEach(standing -> this.standings.put(standing.reference, standing));
  }

  /** Decides one request as the ones before it left the books. */
  Result decide(Request request) {
    if (request.arrivesNow()) {
      arrived.add(request.key());
    }
    Movement before = known.get(request.key());
    if (before != null) {
      return new Result(before.answer(), null);
    }
    // What was held up once goes through when it is asked again, or when it comes in at last.
    boolean again = request.arrivesNow() || held.contains(request.key());
    Fault fault = again ? null : faultOf(request).orElse(null);
    if (fault != null) {
      faults.add(new Happened(request.key(), request.kind().name(), fault, now));
    }
    if (fault == Fault.ARRIVES_LATE) {
      heldUp.add(new HeldUp(request.key(), RecordJson.write(request), now.plus(settings.lateBy())));
      return new Result(null, fault);
    }
    return new Result(carryOut(request, fault).answer(), fault);
  }

  private Optional<Fault> faultOf(Request request) {
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
    return standing.expiresAt.isBefore(now) ? "authorisation_expired" : null;
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
    String reference = "psp_" + DerivedId.of("psp", request.key()).toString().replace("-", "");
    return new Movement(
        0,
        request.key(),
        request.kind(),
        declinedFor,
        amount,
        reference,
        authorises ? reference : request.authorisation(),
        now,
        authorises && declinedFor == null ? now.plus(AUTHORISATION_LASTS) : null);
  }

  private void tell(Movement movement) {
    String id = movement.kind().name().toLowerCase(Locale.ROOT) + "/" + movement.key();
    Fault fault = FaultRules.ofNotice(settings, id).orElse(null);
    if (fault == null && !FaultRules.isTold(settings, movement.key())) {
      return;
    }
    Notice notice =
        new Notice(
            id, movement.key(), movement.kind(), movement.approved(), movement.reference(), now);
    Instant due = fault == Fault.LATE_NOTICE ? now.plus(settings.noticeLateBy()) : now;
    notices.add(new Untold(id, RecordJson.write(notice), fault, due));
  }
}
