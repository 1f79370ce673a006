package dev.holdfast.commerce.inventory;

import dev.holdfast.commerce.inventory.InventoryProtocol.Allocation;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A reservation, as the commands of a batch so far left it. */
final class Hold {
  /** What became of the units. */
  enum State {
    ACTIVE,
    SHIPPED,
    RELEASED,
    EXPIRED
  }

  final int merchant;
  final UUID reservation;
  final Instant expiresAt;
  final List<Allocation> allocations;

  /** Whether the row is in the database. */
  final boolean known;

  private final State firstState;
  private State state;

  private Hold(
      int merchant,
      UUID reservation,
      State state,
      Instant expiresAt,
      List<Allocation> allocations,
      boolean known) {
    this.merchant = merchant;
    this.reservation = reservation;
    this.firstState = state;
    this.state = state;
    this.expiresAt = expiresAt;
    this.allocations = List.copyOf(allocations);
    this.known = known;
  }

  /** One that lies in the database. */
  static Hold loaded(
      int merchant,
      UUID reservation,
      State state,
      Instant expiresAt,
      List<Allocation> allocations) {
    return new Hold(merchant, reservation, state, expiresAt, allocations, true);
  }

  /** A new one. */
  static Hold of(int merchant, UUID reservation, Instant expiresAt, List<Allocation> allocations) {
    return new Hold(merchant, reservation, State.ACTIVE, expiresAt, allocations, false);
  }

  State state() {
    return state;
  }

  boolean isActive() {
    return state == State.ACTIVE;
  }

  /** Whether a row that is in the database has to be written again. */
  boolean changed() {
    return known && state != firstState;
  }

  void close(State as) {
    state = as;
  }

  /** All units it holds or held. */
  long units() {
    return allocations.stream().mapToLong(Allocation::units).sum();
  }
}
