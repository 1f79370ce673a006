package dev.holdfast.chaos;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/**
 * Knows from a PostgreSQL connection's bytes when the client asks for a COMMIT, as a simple query
 * or as a prepared statement that is executed, and where the server's answer to it begins.
 */
final class CommitWatch {
  private static final int SSL_REQUEST = 80_877_103;
  private static final int GSS_REQUEST = 80_877_104;

  /** Names of prepared COMMITs that are remembered; a client needs one. */
  private static final int NAMES_MAX = 64;

  private final WireMessages questions = new WireMessages(false, this::asked);
  private final WireMessages answers = new WireMessages(true, this::answered);
  private final Set<String> statements = new HashSet<>();
  private final Set<String> portals = new HashSet<>();
  private boolean commitAsked;
  private boolean told;
  private int answerAt;

  /**
   * The client says something.
   *
   * @return whether a question for a COMMIT is complete with it
   */
  boolean question(byte[] piece) {
    commitAsked = false;
    questions.read(piece);
    return commitAsked;
  }

  /**
   * The server says something.
   *
   * @return where in the piece the answer to a COMMIT begins, 0 when in a former one; -1 when the
   *     piece completes none
   */
  int answer(byte[] piece) {
    told = false;
    answers.read(piece);
    return told ? answerAt : -1;
  }

  private void asked(char type, byte[] body, int kept, int start) {
    switch (type) {
      case 0 -> opening(body, kept);
      case 'Q' -> commitAsked |= isCommit(text(body, kept, 0));
      case 'P' -> {
        String name = text(body, kept, 0);
        note(statements, name, isCommit(text(body, kept, name.length() + 1)));
      }
      case 'B' -> {
        String portal = text(body, kept, 0);
        note(portals, portal, statements.contains(text(body, kept, portal.length() + 1)));
      }
      case 'E' -> commitAsked |= portals.contains(text(body, kept, 0));
      default -> {
        // Nothing else can be a COMMIT.
      }
    }
  }

  private void opening(byte[] body, int kept) {
    int code = 0;
    for (int at = 0; at < Math.min(kept, Integer.BYTES); at++) {
      code = (code << 8) | (body[at] & 0xff);
    }
    if (code == SSL_REQUEST || code == GSS_REQUEST) {
      answers.expectSingle();
    } else {
      questions.typedFromNow();
    }
  }

  private void answered(char type, byte[] body, int kept, int start) {
    if (type == 'C' && !told && isCommit(text(body, kept, 0))) {
      told = true;
      answerAt = Math.max(0, start);
    }
  }

  private static void note(Set<String> names, String name, boolean commits) {
    if (!commits) {
      names.remove(name);
    } else if (names.size() < NAMES_MAX) {
      names.add(name);
    }
  }

  private static boolean isCommit(String sql) {
    String bare = sql.strip();
    return (bare.endsWith(";") ? bare.substring(0, bare.length() - 1) : bare)
        .equalsIgnoreCase("COMMIT");
  }

  /** The text from there to its zero, or to the end of what was kept. */
  private static String text(byte[] body, int kept, int from) {
    int end = from;
    while (end < kept && body[end] != 0) {
      end++;
    }
    return from > kept ? "" : new String(body, from, end - from, StandardCharsets.UTF_8);
  }
}
