package dev.holdfast.commerce.inventory;

/**
 * Units of one code in one warehouse, as the commands of a batch so far left them. The deltas
 * against what was loaded are what is written.
 */
final class Shelf {
  final int merchant;
  final String sku;
  final int warehouse;

  /** Whether the row is in the database; its lock is held then. */
  final boolean known;

  private final long firstVersion;
  private long onHand;
  private long reserved;
  private long version;
  private long onHandDelta;
  private long reservedDelta;

  private Shelf(int merchant, String sku, int warehouse, boolean known, long firstVersion) {
    this.merchant = merchant;
    this.sku = sku;
    this.warehouse = warehouse;
    this.known = known;
    this.firstVersion = firstVersion;
    this.version = firstVersion;
  }

  /** One that lies in the database. */
  static Shelf loaded(
      int merchant, String sku, int warehouse, long onHand, long reserved, long version) {
    Shelf shelf = new Shelf(merchant, sku, warehouse, true, version);
    shelf.onHand = onHand;
    shelf.reserved = reserved;
    return shelf;
  }

  /** One on which nothing has ever lain. */
  static Shelf empty(int merchant, String sku, int warehouse) {
    return new Shelf(merchant, sku, warehouse, false, 0);
  }

  long free() {
    return onHand - reserved;
  }

  long version() {
    return version;
  }

  long onHandDelta() {
    return onHandDelta;
  }

  long reservedDelta() {
    return reservedDelta;
  }

  long versionDelta() {
    return version - firstVersion;
  }

  boolean changed() {
    return version != firstVersion;
  }

  /** Promises units, or with a negative number takes a promise back. */
  void hold(long units) {
    change(0, units);
  }

  /** Adds units, or with a negative number takes free ones away. */
  void move(long units) {
    change(units, 0);
  }

  /** Promised units leave the house. */
  void ship(long units) {
    change(-units, -units);
  }

  private void change(long hand, long promised) {
    onHand = Math.addExact(onHand, hand);
    reserved = Math.addExact(reserved, promised);
    if (reserved < 0 || onHand < reserved) {
      throw new IllegalStateException(
          "stock of " + sku + " would be " + onHand + " with " + reserved + " reserved");
    }
    onHandDelta += hand;
    reservedDelta += promised;
    version++;
  }
}
