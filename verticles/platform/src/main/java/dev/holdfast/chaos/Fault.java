package dev.holdfast.chaos;

import java.time.Duration;
import java.util.Locale;

/** What may be broken on purpose, and whom it befalls. */
public sealed interface Fault {
  /** Its name for people and requests, such as {@code freeze}. */
  String name();

  /** Whom it befalls, such as {@code order} or {@code postgres}. */
  String target();

  /** Whether it happens at one instant, and what follows is not ours to end. */
  default boolean isMomentary() {
    return false;
  }

  /**
   * Befalls one agent.
   *
   * @param agent its name
   * @param by how much slower each of its transactions becomes; zero but for {@link AgentKind#SLOW}
   */
  record OfAgent(AgentKind kind, String agent, Duration by) implements Fault {
    /** What an agent may suffer. */
    public enum AgentKind {
      /** Its context throws, as a bug would make it. */
      CRASH,
      /** It crashes whenever it is well and at work, until one crash more would park it. */
      CRASH_LOOP,
      /** Its new configuration is one that it can't be made with. */
      BAD_CONFIGURATION,
      /** The transactions of the instance that is there never come to their end. */
      HANG,
      /** Each of its transactions waits a while. */
      SLOW,
      /** The next command that it decides breaks it, whenever it is tried. */
      POISON,
      /** The event loop that it lives on stands still, with all that live on it. */
      BLOCK_LOOP
    }

    @Override
    public String name() {
      return label(kind);
    }

    @Override
    public String target() {
      return agent;
    }

    @Override
    public boolean isMomentary() {
      return kind == AgentKind.CRASH;
    }
  }

  /** Befalls a server of our own. */
  record OfServer(ServerKind kind, Server server) implements Fault {
    /** What a server may suffer. */
    public enum ServerKind {
      /** It is told to end, and stays away. */
      STOP,
      /** It answers nothing and closes nothing: all its processes stand still. */
      FREEZE,
      /** It ends at once, as by {@code kill -9}, and is brought back as soon as that can be. */
      KILL
    }

    @Override
    public String name() {
      return label(kind);
    }

    @Override
    public String target() {
      return label(server);
    }

    @Override
    public boolean isMomentary() {
      return kind == ServerKind.KILL;
    }
  }

  /**
   * Befalls what lies between us and a server; needs a {@link FaultProxy} there.
   *
   * @param by how long each piece of data takes; zero but for {@link WireKind#DELAY}
   */
  record OfWire(WireKind kind, Server server, Duration by) implements Fault {
    /** What a connection may suffer. */
    public enum WireKind {
      /** Data takes its time, in both directions. */
      DELAY,
      /** Connections are reset, new ones too. */
      CUT,
      /** Connections are accepted, and nothing passes. */
      HALF_OPEN,
      /** Each COMMIT takes effect and its answer is lost. */
      SWALLOW_COMMIT
    }

    public OfWire {
      if (kind == WireKind.SWALLOW_COMMIT && server != Server.POSTGRES) {
        throw new IllegalArgumentException("only postgres has a COMMIT to swallow the answer to");
      }
    }

    @Override
    public String name() {
      return label(kind);
    }

    @Override
    public String target() {
      return label(server);
    }
  }

  /**
   * Befalls a simulated partner.
   *
   * @param perMille how many of a thousand operations meet each of its faults; 0 but for {@link
   *     PartnerKind#PARTNER_FAULTS}
   * @param seed the same seed and keys meet the same faults
   */
  record OfPartner(PartnerKind kind, String partner, int perMille, int seed) implements Fault {
    /** What a partner may do. */
    public enum PartnerKind {
      /** It answers nobody. */
      PARTNER_OUT,
      /** It answers late, with errors, or not at all, though it did what was asked. */
      PARTNER_FAULTS
    }

    @Override
    public String name() {
      return label(kind);
    }

    @Override
    public String target() {
      return partner;
    }
  }

  /** Befalls the local journal. */
  record OfJournal(JournalKind kind) implements Fault {
    /** What the journal may suffer. */
    public enum JournalKind {
      /** It takes nothing more. */
      JOURNAL_FULL,
      /** A page of its file is not what was written; found when the file is opened again. */
      JOURNAL_CORRUPT
    }

    @Override
    public boolean isMomentary() {
      return kind == JournalKind.JOURNAL_CORRUPT;
    }

    @Override
    public String name() {
      return label(kind);
    }

    @Override
    public String target() {
      return "journal";
    }
  }

  private static String label(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
