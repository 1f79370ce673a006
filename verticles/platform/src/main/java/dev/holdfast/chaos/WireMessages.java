package dev.holdfast.chaos;

/**
 * One direction of a PostgreSQL connection, cut into messages while its bytes pass. A message may
 * come in any number of pieces; of its body only the first {@value #KEPT} bytes are kept.
 */
final class WireMessages {
  /** Enough for the names and the text of a COMMIT. */
  static final int KEPT = 256;

  private static final int LENGTH_BYTES = 4;

  /** Hears of messages. */
  interface Listener {
    /**
     * A message is complete.
     *
     * @param type its letter; 0 for one of the opening, which has none
     * @param body its first bytes, valid during the call
     * @param kept how many of them there are
     * @param start where it begins in the piece that was read; -1 when in a former one
     */
    void message(char type, byte[] body, int kept, int start);
  }

  private final Listener listener;
  private final byte[] body = new byte[KEPT];
  private boolean typed;
  private int singles;
  private char type;
  private int headerRead;
  private long length;
  private long bodyRead;

  /**
   * Before the first byte.
   *
   * @param typed whether messages begin with a letter from the start, as a server's do
   */
  WireMessages(boolean typed, Listener listener) {
    this.typed = typed;
    this.listener = listener;
  }

  /** From the next message on, each begins with a letter. */
  void typedFromNow() {
    typed = true;
  }

  /** The next byte is a message by itself: the answer to a question for encryption. */
  void expectSingle() {
    singles++;
  }

  /** Reads the next piece. */
  void read(byte[] piece) {
    int start = headerRead == 0 ? 0 : -1;
    for (int at = 0; at < piece.length; at++) {
      if (headerRead == 0) {
        start = at;
      }
      if (singles > 0 && headerRead == 0) {
        singles--;
      } else if (isComplete(piece[at])) {
        headerRead = 0;
        listener.message(type, body, (int) Math.min(bodyRead, KEPT), start);
      }
    }
  }

  private boolean isComplete(byte next) {
    int header = typed ? LENGTH_BYTES + 1 : LENGTH_BYTES;
    if (headerRead == 0) {
      begin();
    }
    if (headerRead < header) {
      if (typed && headerRead == 0) {
        type = (char) (next & 0xff);
      } else {
        length = (length << 8) | (next & 0xff);
      }
      headerRead++;
    } else {
      if (bodyRead < KEPT) {
        body[(int) bodyRead] = next;
      }
      bodyRead++;
    }
    return headerRead == header && bodyRead >= length - LENGTH_BYTES;
  }

  private void begin() {
    type = 0;
    length = 0;
    bodyRead = 0;
  }
}
