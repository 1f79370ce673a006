package dev.holdfast.commerce.aftersales;

import dev.holdfast.commerce.aftersales.AftersalesProtocol.RequestReturn;
import dev.holdfast.commerce.shared.DocumentNumber;
import dev.holdfast.kernel.DerivedId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** The work of one batch: the returns it is about, what it opens, and what it changes. */
final class CaseBook {
  private final Map<CaseKey, ReturnState> cases = new HashMap<>();
  private final Map<DocumentNumber, UUID> numbers = new HashMap<>();
  private final List<Opened> opened = new ArrayList<>();
  private final Map<CaseKey, ReturnState> changed = new LinkedHashMap<>();

  /** A return among those of all merchants, sorted as the database sorts the rows. */
  record CaseKey(int merchant, UUID returnId) {
    static final Comparator<CaseKey> ORDER =
        Comparator.comparingInt(CaseKey::merchant)
            .thenComparing(CaseKey::returnId, DerivedId.DATABASE_ORDER);
  }

  /**
   * A new return.
   *
   * @param request the command, found valid
   * @param amounts of its lines, in the minor unit
   */
  record Opened(ReturnState state, String rma, RequestReturn request, List<Long> amounts) {
    DocumentNumber document() {
      return DocumentNumber.orNull(request.merchant(), request.source(), request.externalNumber());
    }

    CaseKey key() {
      return new CaseKey(state.merchant(), state.returnId());
    }
  }

  /** A return read and locked. */
  void loaded(ReturnState state) {
    cases.put(new CaseKey(state.merchant(), state.returnId()), state);
  }

  /** A number that is taken. */
  void recorded(DocumentNumber number, UUID returnId) {
    numbers.put(number, returnId);
  }

  /** The return, or null when there is none. */
  ReturnState find(int merchant, UUID returnId) {
    return cases.get(new CaseKey(merchant, returnId));
  }

  /** The return that has the number, or null when none has. */
  UUID holderOf(DocumentNumber number) {
    return numbers.get(number);
  }

  void open(Opened one) {
    opened.add(one);
    loaded(one.state());
    if (one.document() != null) {
      numbers.put(one.document(), one.state().returnId());
    }
  }

  void change(ReturnState state) {
    loaded(state);
    changed.put(new CaseKey(state.merchant(), state.returnId()), state);
  }

  /**
   * The new returns, those with a number first and by it, so that two lanes never wait in a circle.
   */
  List<Opened> opened() {
    List<Opened> sorted = new ArrayList<>(opened);
    sorted.sort(
        Comparator.comparing(
                Opened::document, Comparator.nullsLast(Comparator.<DocumentNumber>naturalOrder()))
            .thenComparing(Opened::key, CaseKey.ORDER));
    return sorted;
  }

  /** The changed returns as they are now. */
  Collection<ReturnState> changed() {
    return changed.values();
  }
}
