package dev.holdfast.chaos;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A fault as somebody asks for it, in words.
 *
 * @param fault its name, see {@link #names}
 * @param target whom it shall befall; may be empty where there is one alone
 * @param forMs how long, in ms; 0 for the usual time
 * @param byMs of what is slowed down: by how much, in ms; 0 for {@value #USUAL_BY_MS}
 * @param perMille of faults of partners: how many of a thousand operations; 0 for {@value
 *     #USUAL_PER_MILLE}
 * @param seed of faults of partners
 */
public record FaultRequest(
    String fault, String target, int forMs, int byMs, int perMille, int seed) {
  private static final int USUAL_BY_MS = 200;
  private static final int BY_MS_MAX = 60_000;
  private static final int USUAL_PER_MILLE = 50;

  /** A partner has up to five kinds of faults, which together are not more than all. */
  private static final int PER_MILLE_MAX = 200;

  public FaultRequest {
    fault = fault == null ? "" : fault;
    target = target == null ? "" : target;
    between("forMs", forMs, Integer.MAX_VALUE);
    between("byMs", byMs, BY_MS_MAX);
    between("perMille", perMille, PER_MILLE_MAX);
  }

  /** One that says no more than what and whom. */
  public static FaultRequest of(String fault, String target, Duration time) {
    return new FaultRequest(fault, target, Math.toIntExact(time.toMillis()), 0, 0, 0);
  }

  private static void between(String key, int value, int most) {
    if (value < 0 || value > most) {
      throw new IllegalArgumentException(key + " must be 0 to " + most + ", got " + value);
    }
  }

  /** The names of all faults. */
  public static List<String> names() {
    return Stream.<Enum<?>[]>of(
            Fault.OfAgent.AgentKind.values(),
            Fault.OfServer.ServerKind.values(),
            Fault.OfWire.WireKind.values(),
            Fault.OfPartner.PartnerKind.values(),
            Fault.OfJournal.JournalKind.values())
        .flatMap(Arrays::stream)
        .map(kind -> kind.name().toLowerCase(Locale.ROOT).replace('_', '-'))
        .toList();
  }

  /**
   * The fault that is meant.
   *
   * @throws IllegalArgumentException when there is none of that name, or none for that target
   */
  public Fault toFault() {
    Duration by = Duration.ofMillis(byMs == 0 ? USUAL_BY_MS : byMs);
    Optional<Fault> meant =
        Stream.<Optional<? extends Fault>>of(
                kind(Fault.OfAgent.AgentKind.class)
                    .map(
                        kind ->
                            new Fault.OfAgent(
                                kind,
                                required("an agent"),
                                kind == Fault.OfAgent.AgentKind.SLOW ? by : Duration.ZERO)),
                kind(Fault.OfServer.ServerKind.class)
                    .map(kind -> new Fault.OfServer(kind, server())),
                kind(Fault.OfWire.WireKind.class).map(kind -> wire(kind, by)),
                kind(Fault.OfPartner.PartnerKind.class).map(this::partner),
                kind(Fault.OfJournal.JournalKind.class).map(Fault.OfJournal::new))
            .flatMap(Optional::stream)
            .<Fault>map(fault -> fault)
            .findFirst();
    return meant.orElseThrow(
        () ->
            new IllegalArgumentException(
                "there is no fault " + fault + ", there are " + String.join(", ", names())));
  }

  private Fault.OfWire wire(Fault.OfWire.WireKind kind, Duration by) {
    Server server =
        kind == Fault.OfWire.WireKind.SWALLOW_COMMIT && target.isEmpty()
            ? Server.POSTGRES
            : server();
    return new Fault.OfWire(kind, server, kind == Fault.OfWire.WireKind.DELAY ? by : Duration.ZERO);
  }

  private Fault.OfPartner partner(Fault.OfPartner.PartnerKind kind) {
    boolean some = kind == Fault.OfPartner.PartnerKind.PARTNER_FAULTS;
    int share = perMille == 0 ? USUAL_PER_MILLE : perMille;
    return new Fault.OfPartner(kind, required("a partner"), some ? share : 0, seed);
  }

  private <K extends Enum<K>> Optional<K> kind(Class<K> of) {
    return Arrays.stream(of.getEnumConstants())
        .filter(kind -> kind.name().equals(fault.toUpperCase(Locale.ROOT).replace('-', '_')))
        .findFirst();
  }

  private Server server() {
    return Arrays.stream(Server.values())
        .filter(server -> server.name().equalsIgnoreCase(target))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    fault + " befalls postgres or kafka, not \"" + target + "\""));
  }

  private String required(String what) {
    if (target.isEmpty()) {
      throw new IllegalArgumentException(fault + " befalls " + what + ": name one");
    }
    return target;
  }
}
