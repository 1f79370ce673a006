package dev.holdfast.guard;

import io.vertx.circuitbreaker.CircuitBreaker;
import io.vertx.circuitbreaker.CircuitBreakerOptions;
import io.vertx.core.Vertx;
import io.vertx.core.internal.ContextInternal;

/** What tells a {@link Breaker} that a time is over; it decides the rest by itself. */
interface BreakerTimers {
  /**
   * One opening.
   *
   * @param millis how long it lasts from {@link Opening#begin} on
   */
  Opening opening(long millis);

  /** Runs an action after a time. */
  void after(long millis, Runnable action);

  /** One opening's own timer. */
  interface Opening {
    /** Called once: a second time would leave the first timer running. */
    void begin(Runnable over);

    /** After its time alone: the library does nothing before. */
    void reset();
  }

  /** Each opening is a fresh {@link CircuitBreaker}. */
  static BreakerTimers of(String name, Vertx vertx) {
    return new BreakerTimers() {
      @Override
      public Opening opening(long millis) {
        CircuitBreakerOptions options = new CircuitBreakerOptions().setResetTimeout(millis);
        return new LibraryOpening(CircuitBreaker.create(name, vertx, options));
      }

      @Override
      public void after(long millis, Runnable action) {
        LoopTimer.in((ContextInternal) vertx.getOrCreateContext(), millis, action);
      }
    };
  }

  /** An opening by the library. */
  record LibraryOpening(CircuitBreaker instance) implements Opening {
    @Override
    public void begin(Runnable over) {
      instance.halfOpenHandler(timer -> over.run()).open();
    }

    @Override
    public void reset() {
      instance.reset();
    }
  }
}
