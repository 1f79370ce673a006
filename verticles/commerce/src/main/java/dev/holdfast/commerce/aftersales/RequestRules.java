package dev.holdfast.commerce.aftersales;

import dev.holdfast.agent.Decision;
import dev.holdfast.agent.RunStart;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.RequestReturn;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnLine;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnOpened;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.ReturnRequested;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Status;
import dev.holdfast.commerce.aftersales.AftersalesProtocol.Takeback;
import dev.holdfast.commerce.aftersales.CaseBook.Opened;
import dev.holdfast.commerce.shared.DocumentNumber;
import dev.holdfast.commerce.shared.Field;
import dev.holdfast.commerce.shared.Money;
import dev.holdfast.commerce.shared.Sku;
import dev.holdfast.commerce.shared.Units;
import dev.holdfast.kernel.DerivedId;
import dev.holdfast.kernel.Refusal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.UUID;

/** Whether a return can be opened, what it asks for, and what its run is told. */
final class RequestRules {
  /** The workflow that a return starts. */
  static final String WORKFLOW = "return-to-refund";

  private static final int MAX_LINES = 2_000;
  private static final int SUFFIX_LETTERS = 12;

  /** Digits and capitals without those that are read as one another. */
  private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

  private RequestRules() {}

  /** Opens the return under the given id, or refuses it. */
  static Decision request(CaseBook book, RequestReturn request, UUID id) {
    Refusal refusal = check(request);
    if (refusal == null) {
      refusal = recordedAlready(book, request);
    }
    return refusal == null ? open(book, request, id) : Decision.rejected(refusal);
  }

  private static Decision open(CaseBook book, RequestReturn request, UUID id) {
    List<Long> amounts = amounts(request);
    Money asked = new Money(amounts.stream().mapToLong(Long::longValue).sum(), request.currency());
    UUID run = DerivedId.at(request.requestedAt(), "run", WORKFLOW, id);
    String rma = rma(id, request.requestedAt());
    ReturnState state =
        new ReturnState(
            request.merchant(),
            id,
            run,
            request.reason(),
            request.terms(),
            request.requestedAt(),
            asked,
            Status.OPEN,
            asked,
            null,
            null,
            null,
            null,
            null,
            null,
            1);
    book.open(new Opened(state, rma, request, amounts));
    return Decision.done(new ReturnOpened(id, rma, run, asked))
        .tell(
            new ReturnRequested(
                state.merchant(), state.aggregate(), state.version(), asked.minor()))
        .start(
            new RunStart(
                run, request.merchant(), WORKFLOW, id.toString(), takeback(request, state)));
  }

  private static Takeback takeback(RequestReturn request, ReturnState state) {
    return new Takeback(
        state.merchant(),
        state.returnId(),
        state.run(),
        request.customer(),
        request.order(),
        Units.byCode(request.lines().stream().map(line -> new Units(line.sku(), line.units()))),
        state.asked(),
        state.requestedAt(),
        state.terms());
  }

  /** Each line is rounded by itself, half up. Within the limits of the fields nothing overflows. */
  private static List<Long> amounts(RequestReturn request) {
    return request.lines().stream()
        .map(line -> Money.ofLine(line.units(), line.unitPrice(), request.currency()).minor())
        .toList();
  }

  /**
   * The number for people: the day of the request and sixty bits of the return's id, which is a
   * hash already. Two of ten thousand returns a day meet once in some hundred million years; the
   * unique index would refuse the second.
   */
  static String rma(UUID id, Instant requestedAt) {
    StringBuilder suffix = new StringBuilder(SUFFIX_LETTERS);
    long bits = id.getLeastSignificantBits();
    for (int i = 0; i < SUFFIX_LETTERS; i++, bits >>>= 5) {
      suffix.append(ALPHABET.charAt((int) (bits & 31)));
    }
    String day =
        DateTimeFormatter.BASIC_ISO_DATE.format(requestedAt.atZone(ZoneOffset.UTC).toLocalDate());
    return "RMA-" + day + "-" + suffix;
  }

  private static Refusal recordedAlready(CaseBook book, RequestReturn request) {
    DocumentNumber number =
        DocumentNumber.orNull(request.merchant(), request.source(), request.externalNumber());
    UUID holder = number == null ? null : book.holderOf(number);
    return holder == null ? null : number.isTakenBy("return", holder);
  }

  private static Refusal check(RequestReturn request) {
    Refusal refusal =
        Field.first(
            () -> DocumentNumber.check(request.source(), request.externalNumber()),
            () -> Field.textOrNull("customer", request.customer(), Field.MAX_NUMBER),
            () -> Field.currency("currency", request.currency()),
            () -> Field.present("reason", request.reason()),
            () -> Field.time("requestedAt", request.requestedAt()),
            () -> Field.present("terms", request.terms()),
            () -> Field.size("lines", request.lines(), MAX_LINES));
    for (int i = 0; refusal == null && i < request.lines().size(); i++) {
      refusal = check("lines[" + i + "].", request.lines().get(i));
    }
    return refusal;
  }

  private static Refusal check(String at, ReturnLine line) {
    return Field.first(
        () -> Field.text(at + "sku", line.sku(), Sku.MAX_LENGTH),
        () -> Field.units(at + "units", line.units()),
        () -> Field.price(at + "unitPrice", line.unitPrice()));
  }
}
