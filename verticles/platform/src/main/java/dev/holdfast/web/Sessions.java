package dev.holdfast.web;

import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.SessionMeters;
import dev.holdfast.telemetry.SessionMeters.Cleanup;
import dev.holdfast.web.Caller.Role;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Tokens in use. A session is one token's use, from its first request to its expiry or {@link
 * #IDLE} without a request. Ended ones are swept when somebody asks or looks, at most once in
 * {@link #SWEEP_EVERY}. Safe on any thread.
 */
final class Sessions {
  static final Duration IDLE = Duration.ofMinutes(30);
  static final Duration SWEEP_EVERY = Duration.ofSeconds(5);

  /** When there are more, the next is only counted. */
  static final int MAX = 10_000;

  private final Clock clock;
  private final SessionMeters meters;
  private final Map<Role, Runnable> messages = new EnumMap<>(Role.class);
  private final Map<String, Session> going = new ConcurrentHashMap<>();
  private final AtomicReference<Instant> swept;

  private static final class Session {
    final Role role;
    final Instant begun;
    final Instant expires;
    volatile Instant last;

    Session(Caller caller, Instant now) {
      this.role = caller.role();
      this.begun = now;
      this.expires = caller.expires();
      this.last = now;
    }
  }

  Sessions(Clock clock, SessionMeters meters) {
    this.clock = clock;
    this.meters = meters;
    this.swept = new AtomicReference<>(clock.now());
    for (Role role : Role.values()) {
      messages.put(role, meters.messages(role.text()));
      meters.active(role.text()).from(() -> active(role));
    }
  }

  /** A verified token asks for something. */
  void asks(String token, Caller caller) {
    Instant now = clock.now();
    messages.get(caller.role()).run();
    sweep(now);
    Session session = going.get(token);
    if (session != null) {
      session.last = now;
    } else if (going.size() < MAX) {
      going.put(token, new Session(caller, now));
    } else {
      meters.ended(Cleanup.SIZE_LIMIT, Duration.ZERO);
    }
  }

  /** Sessions of a role that are going on. */
  long active(Role role) {
    sweep(clock.now());
    return going.values().stream().filter(session -> session.role == role).count();
  }

  private void sweep(Instant now) {
    Instant before = swept.get();
    if (now.isBefore(before.plus(SWEEP_EVERY)) || !swept.compareAndSet(before, now)) {
      return;
    }
    going.forEach(
        (token, session) -> {
          boolean expired = !session.expires.isAfter(now);
          boolean idle = !session.last.plus(IDLE).isAfter(now);
          if ((expired || idle) && going.remove(token, session)) {
            meters.ended(
                expired ? Cleanup.EXPIRED : Cleanup.IDLE,
                Duration.between(session.begun, session.last));
          }
        });
  }
}
