package dev.holdfast.web;

import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.EnumSet;
import java.util.Set;

/** Route handlers that let only known callers pass. They stand before any reading of the body. */
public final class Authentication {
  private static final String SCHEME = "Bearer ";
  private static final Problem MISSING =
      Problem.of(401, "unauthenticated", "A bearer token is needed.");
  private static final Problem FORBIDDEN =
      Problem.of(403, "forbidden", "The token's role may not do this.");

  private Authentication() {}

  /** Verifies the bearer token and notes its {@link Caller}; 401 without a good one. */
  public static Handler<RoutingContext> bearer(Tokens tokens) {
    return context -> {
      String header = context.request().getHeader(HttpHeaders.AUTHORIZATION);
      if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
        refuse(context, MISSING, "Bearer");
        return;
      }
      Future<Caller> caller = tokens.verify(header.substring(SCHEME.length()).trim());
      if (!caller.isComplete()) {
        context.request().pause();
        caller = caller.onComplete(done -> context.request().resume());
      }
      caller
          .onSuccess(known -> pass(context, known))
          .onFailure(failure -> refuse(context, failure));
    };
  }

  private static void pass(RoutingContext context, Caller caller) {
    caller.putInto(context);
    context.next();
  }

  private static void refuse(RoutingContext context, Throwable failure) {
    if (failure instanceof ProblemException problem) {
      refuse(context, problem.problem(), "Bearer error=\"invalid_token\"");
    } else {
      context.fail(failure);
    }
  }

  private static void refuse(RoutingContext context, Problem problem, String challenge) {
    context.response().putHeader("WWW-Authenticate", challenge);
    context.fail(problem.asException());
  }

  /** Lets the given roles pass; 403 for others. An admin is not let through unless named. */
  public static Handler<RoutingContext> only(Caller.Role first, Caller.Role... more) {
    Set<Caller.Role> roles = EnumSet.of(first, more);
    return context -> {
      if (roles.contains(Caller.of(context).role())) {
        context.next();
      } else {
        context.fail(FORBIDDEN.asException());
      }
    };
  }
}
