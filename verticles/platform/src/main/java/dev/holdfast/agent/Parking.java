package dev.holdfast.agent;

import dev.holdfast.bus.Ask;
import dev.holdfast.bus.ProtocolNames;
import dev.holdfast.bus.RecordJson;
import dev.holdfast.deadletter.DeadLetter;
import dev.holdfast.deadletter.DeadLetterStore;
import dev.holdfast.deadletter.Fingerprint;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One agent's way to the dead letters, and its memory of the keys under which some lie. Confined to
 * the host's context, but for {@link #standsBehind}.
 */
final class Parking {
  private static final Duration DEADLINE = Duration.ofSeconds(3);
  private static final String COMMAND = "command";
  private static final String UNDO = "undo of ";

  private final String agentName;
  private final HostServices services;
  private final DeadLetterStore letters;
  private final Set<String> keys = ConcurrentHashMap.newKeySet();

  /** A key once for every parking under way. */
  private final List<String> beingParked = new ArrayList<>();

  private final Set<String> parkedMeanwhile = new HashSet<>();
  private Future<List<String>> reading;
  private boolean readAgain;

  Parking(String agentName, HostServices services) {
    this.agentName = agentName;
    this.services = services;
    this.letters = new DeadLetterStore(services.database(), services.meters()::lettersParked);
  }

  /**
   * Reads anew under which keys letters lie. One read at a time; who asks meanwhile has another one
   * follow, because the one under way may have seen too little.
   */
  Future<?> open() {
    if (reading != null) {
      readAgain = true;
      return reading;
    }
    parkedMeanwhile.clear();
    parkedMeanwhile.addAll(beingParked);
    reading = letters.openKeys(agentName, deadline());
    return reading.onComplete(this::read);
  }

  /** What was parked while it was read may be missing in it. */
  private void read(AsyncResult<List<String>> open) {
    reading = null;
    if (open.succeeded()) {
      Set<String> stay = new HashSet<>(open.result());
      keys.addAll(stay);
      stay.addAll(parkedMeanwhile);
      keys.retainAll(stay);
    }
    if (readAgain) {
      readAgain = false;
      open();
    }
  }

  private Deadline deadline() {
    return Deadline.in(DEADLINE, services.clock());
  }

  /** Whether the command has to wait behind a dead letter; undo commands pass. Any thread. */
  boolean standsBehind(Pending command) {
    return !keys.isEmpty()
        && !command.isUndo()
        && !command.ask().passing()
        && keys.contains(command.key());
  }

  /**
   * Puts commands among the dead letters, in their order.
   *
   * @param cause what the first of them threw; null when they stand behind an earlier letter
   * @return the ids of those that lie open now; others have a reply by now
   */
  Future<Set<UUID>> park(List<Pending> commands, Throwable cause) {
    Fingerprint why = cause == null ? Fingerprint.behind() : Fingerprint.of(cause);
    Instant now = services.clock().now();
    List<DeadLetter> parked =
        commands.stream().map(command -> letter(command, why, cause == null ? 0 : 1, now)).toList();
    List<String> under = commands.stream().map(Pending::key).toList();
    beingParked.addAll(under);
    parkedMeanwhile.addAll(under);
    return letters
        .park(deadline(), parked)
        .onComplete(
            done -> {
              under.forEach(beingParked::remove);
              if (done.succeeded()) {
                parked(commands, done.result());
              }
            });
  }

  /** What was closed before it came only seemed to stand behind another: the memory is old. */
  private void parked(List<Pending> commands, Set<UUID> open) {
    commands.stream()
        .filter(command -> open.contains(command.ask().id().value()))
        .forEach(command -> keys.add(command.key()));
    if (open.size() < commands.size()) {
      open();
    }
  }

  private DeadLetter letter(Pending command, Fingerprint why, int attempts, Instant now) {
    Ask<?> ask = command.ask();
    return new DeadLetter(
        DeadLetter.Kind.COMMAND,
        agentName,
        command.key(),
        ask.id(),
        ask.command().merchant(),
        ProtocolNames.typeOf(ask.command().getClass()),
        RecordJson.write(ask.command()),
        ask.undoes() == null
            ? COMMAND
            : UNDO + ask.undoes().value() + " " + ask.undoes().issuedOn(),
        why,
        attempts,
        now);
  }

  /** The command that a letter's origin says it takes back, or null. */
  static CommandId undoneBy(DeadLetter letter) {
    if (!letter.origin().startsWith(UNDO)) {
      return null;
    }
    String[] parts = letter.origin().substring(UNDO.length()).split(" ", 2);
    return new CommandId(UUID.fromString(parts[0]), LocalDate.parse(parts[1]));
  }
}
