package dev.holdfast.web;

import dev.holdfast.kernel.Clock;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.JWTOptions;
import io.vertx.ext.auth.authentication.TokenCredentials;
import io.vertx.ext.auth.jwt.JWTAuth;
import io.vertx.ext.auth.jwt.JWTAuthOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Checks and issues tokens. Vert.x checks the signature; everything else is checked here, because
 * its provider lets tokens without expiry, foreign issuers, unknown keys and unknown critical
 * headers pass. What was verified is remembered until it expires, within {@link #REMEMBERED_MAX}
 * tokens, because a signature costs more than the rest of a small request. Safe on any thread.
 */
public final class Tokens {
  /** How many verified tokens are remembered. */
  public static final int REMEMBERED_MAX = 10_000;

  private static final int TOKEN_CHARS_MAX = 4_096;
  private static final JsonBody JSON = new JsonBody(new JsonLimits(4_096, 200, 4, 1_024, 64, 20));
  private static final Problem INVALID =
      Problem.of(401, "invalid_token", "The token is not valid, or not any more.");

  private final Clock clock;
  private final TokenSettings settings;
  private final TokenClaims claims;
  private final Map<String, Key> keys = new HashMap<>();
  private final RememberedTokens remembered;
  private final Sessions sessions;
  private final Optional<Key> issuing;

  /** One key and the provider that knows it alone, so that a token can't choose another. */
  private record Key(TokenKey key, JWTAuth verifier, Optional<JWTAuth> signer) {}

  /**
   * Without a key there are no {@link TokenSettings}, hence no Tokens.
   *
   * @param meters where tokens in use are counted
   */
  public Tokens(Vertx vertx, TokenSettings settings, Clock clock, Meters meters) {
    this.remembered = new RememberedTokens(REMEMBERED_MAX, meters.cache("tokens"));
    this.sessions = new Sessions(clock, meters.sessions());
    this.clock = clock;
    this.settings = settings;
    this.claims = new TokenClaims(settings);
    for (TokenKey key : settings.keys()) {
      keys.put(key.id(), provider(vertx, key));
    }
    this.issuing =
        settings.keys().stream()
            .map(key -> keys.get(key.id()))
            .filter(key -> key.signer().isPresent())
            .findFirst();
  }

  private static Key provider(Vertx vertx, TokenKey key) {
    // Time is checked by our own clock and rules, so the provider shall not look at its own.
    JWTOptions signatureOnly = new JWTOptions().setIgnoreExpiration(true);
    JWTAuthOptions verifying =
        new JWTAuthOptions().setJWTOptions(signatureOnly).addPubSecKey(key.verifyingOptions());
    Optional<JWTAuth> signer =
        key.signing()
            .map(secret -> new JWTAuthOptions().addPubSecKey(key.options(secret)))
            .map(options -> JWTAuth.create(vertx, options));
    return new Key(key, JWTAuth.create(vertx, verifying), signer);
  }

  /**
   * Who a token speaks for.
   *
   * @return fails with a {@link ProblemException} of status 401 for every token that is not
   *     entirely right
   */
  public Future<Caller> verify(String token) {
    return verified(token).onSuccess(caller -> sessions.asks(token, caller));
  }

  private Future<Caller> verified(String token) {
    Instant now = clock.now();
    Optional<Caller> known = remembered.find(token, now);
    if (known.isPresent()) {
      return Future.succeededFuture(known.get());
    }
    Key key;
    Caller caller;
    try {
      String[] parts = parts(token);
      key = key(json(parts[0]));
      caller = claims.caller(json(parts[1]), now);
    } catch (RuntimeException malformed) {
      return Future.failedFuture(INVALID.asException());
    }
    return key.verifier()
        .authenticate(new TokenCredentials(token))
        .map(
            user -> {
              remembered.add(token, caller);
              return caller;
            })
        // Whatever the provider failed with, a bad cast included, the token was not good.
        .recover(failure -> Future.failedFuture(INVALID.asException()));
  }

  private static String[] parts(String token) {
    if (token.length() > TOKEN_CHARS_MAX) {
      throw new IllegalArgumentException("too long");
    }
    String[] parts = token.split("\\.", -1);
    if (parts.length != 3 || parts[2].isEmpty()) {
      throw new IllegalArgumentException("not three parts");
    }
    return parts;
  }

  private static JsonObject json(String part) {
    return JSON.object(Buffer.buffer(Base64.getUrlDecoder().decode(part)));
  }

  private Key key(JsonObject header) {
    if (header.containsKey("crit")) {
      throw new IllegalArgumentException("unknown critical header");
    }
    Key key;
    if (header.containsKey("kid")) {
      key = keys.get(header.getString("kid"));
    } else {
      key = keys.size() == 1 ? keys.values().iterator().next() : null;
    }
    if (key == null || !key.key().algorithm().text().equals(header.getValue("alg"))) {
      throw new IllegalArgumentException("unknown key, or another algorithm than its own");
    }
    return key;
  }

  /** A token for a caller of the role admin for the whole platform. */
  public String issueAdmin(String subject, Duration lifetime) {
    return issue(subject, Role.ADMIN, 0, Optional.empty(), lifetime);
  }

  /**
   * A fresh token.
   *
   * @param merchant 1 or more; 0 for an admin of the whole platform
   * @param customer there for the role customer alone
   * @param lifetime at most the accepted one
   * @throws IllegalStateException when no key can sign
   */
  public String issue(
      String subject, Role role, int merchant, Optional<String> customer, Duration lifetime) {
    Key key =
        issuing.orElseThrow(() -> new IllegalStateException("no token key is there to sign with"));
    if (lifetime.compareTo(settings.lifetimeMax()) > 0 || lifetime.toSeconds() < 1) {
      throw new IllegalArgumentException(
          "a token may live up to " + settings.lifetimeMax() + ", got " + lifetime);
    }
    Instant now = clock.now();
    Caller caller = new Caller(subject, role, merchant, customer, now.plus(lifetime));
    JWTOptions header =
        new JWTOptions().setAlgorithm(key.key().algorithm().text()).setNoTimestamp(true);
    return key.signer().orElseThrow().generateToken(claims.of(caller, now), header);
  }

  /**
   * A token for each role, for a development start to print.
   *
   * @param merchant the tenant of all but the admin
   * @param customer who the customer's token speaks for
   */
  public Map<Role, String> ready(int merchant, String customer, Duration lifetime) {
    Map<Role, String> ready = new EnumMap<>(Role.class);
    ready.put(Role.ADMIN, issueAdmin("development-admin", lifetime));
    for (Role role : List.of(Role.MERCHANT, Role.CUSTOMER, Role.AGENT)) {
      Optional<String> named = role == Role.CUSTOMER ? Optional.of(customer) : Optional.empty();
      ready.put(role, issue("development-" + role.text(), role, merchant, named, lifetime));
    }
    return ready;
  }
}
