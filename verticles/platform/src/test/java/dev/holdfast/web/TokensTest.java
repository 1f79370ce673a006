package dev.holdfast.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.kernel.Secret;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.SettableClock;
import dev.holdfast.web.Caller.Role;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class TokensTest {
  private static final String SECRET = "a secret of more than 32 bytes, for tests";
  private static final Duration MINUTES = Duration.ofMinutes(15);
  private static Vertx vertx;

  private final SettableClock clock = new SettableClock();
  private final Tokens tokens = tokens(TokenKey.shared("k1", Secret.of(SECRET)));

  @BeforeAll
  static void open() {
    vertx = Vertx.vertx();
  }

  @AfterAll
  static void close() throws Exception {
    vertx.close().await(10, TimeUnit.SECONDS);
  }

  private Tokens tokens(TokenKey... keys) {
    return new Tokens(
        vertx,
        new TokenSettings("holdfast", "holdfast-api", MINUTES, List.of(keys)),
        clock,
        new Meters());
  }

  private static void refused(Future<Caller> verified, String what) {
    Throwable failure =
        assertThrows(Throwable.class, () -> verified.await(5, TimeUnit.SECONDS), what);
    ProblemException problem = assertInstanceOf(ProblemException.class, failure, what);
    assertEquals(401, problem.problem().status(), what);
    assertEquals("invalid_token", problem.problem().code(), what);
  }

  private JsonObject goodHeader() {
    return new JsonObject().put("alg", "HS256").put("typ", "JWT").put("kid", "k1");
  }

  private JsonObject goodClaims() {
    long now = clock.now().getEpochSecond();
    return new JsonObject()
        .put("iss", "holdfast")
        .put("aud", "holdfast-api")
        .put("sub", "someone")
        .put("role", "merchant")
        .put("merchant", 7)
        .put("iat", now)
        .put("exp", now + 600);
  }

  private static String part(String json) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(json.getBytes(StandardCharsets.UTF_8));
  }

  /** Signed with the right secret, whatever it says. */
  private static String signed(String header, String claims) {
    String input = part(header) + "." + part(claims);
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(SECRET.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
      byte[] signature = mac.doFinal(input.getBytes(StandardCharsets.UTF_8));
      return input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature);
    } catch (java.security.GeneralSecurityException impossible) {
      throw new AssertionError(impossible);
    }
  }

  private String with(Consumer<JsonObject> header, Consumer<JsonObject> claims) {
    JsonObject head = goodHeader();
    JsonObject body = goodClaims();
    header.accept(head);
    claims.accept(body);
    return signed(head.encode(), body.encode());
  }

  private String claim(String name, Object value) {
    return with(header -> {}, claims -> claims.put(name, value));
  }

  private String header(String name, Object value) {
    return with(header -> header.put(name, value), claims -> {});
  }

  @Test
  void the_token_that_the_others_are_made_from_is_good() throws Exception {
    Caller caller =
        tokens
            .verify(signed(goodHeader().encode(), goodClaims().encode()))
            .await(5, TimeUnit.SECONDS);
    assertEquals(Role.MERCHANT, caller.role());
    assertEquals(7, caller.merchant());
    assertEquals("someone", caller.subject());
    assertTrue(caller.actsFor(7));
    assertFalse(caller.actsFor(8));
  }

  @TestFactory
  Stream<DynamicTest> hostile_tokens_are_401() {
    List<String[]> list = new ArrayList<>();
    long now = clock.now().getEpochSecond();
    for (String name : List.of("iss", "aud", "sub", "role", "merchant", "iat", "exp")) {
      list.add(new String[] {"no " + name, with(h -> {}, c -> c.remove(name))});
      list.add(new String[] {name + " null", claim(name, null)});
      list.add(new String[] {name + " an object", claim(name, new JsonObject())});
      list.add(new String[] {name + " true", claim(name, true)});
    }
    list.add(new String[] {"exp in milliseconds", claim("exp", now * 1000)});
    list.add(new String[] {"exp a text", claim("exp", "" + (now + 600))});
    list.add(new String[] {"exp a fraction", claim("exp", now + 600.5)});
    list.add(new String[] {"exp passed", claim("exp", now)});
    list.add(new String[] {"exp negative", claim("exp", -1)});
    list.add(new String[] {"lives too long", claim("exp", now + 901)});
    list.add(new String[] {"iat in the future", claim("iat", now + 120)});
    list.add(new String[] {"iat long ago", claim("iat", now - 10_000)});
    list.add(new String[] {"nbf in the future", claim("nbf", now + 300)});
    list.add(new String[] {"nbf a text", claim("nbf", "soon")});
    list.add(new String[] {"foreign issuer", claim("iss", "somebody")});
    list.add(new String[] {"foreign audience", claim("aud", "other-api")});
    list.add(new String[] {"empty audience", claim("aud", new JsonArray())});
    list.add(new String[] {"unknown role", claim("role", "root")});
    list.add(new String[] {"role in capitals", claim("role", "MERCHANT")});
    list.add(new String[] {"merchant 0", claim("merchant", 0)});
    list.add(new String[] {"merchant negative", claim("merchant", -7)});
    list.add(new String[] {"merchant a text", claim("merchant", "7")});
    list.add(new String[] {"merchant too large", claim("merchant", 1L << 40)});
    list.add(new String[] {"customer without the role", claim("customer", "c1")});
    list.add(new String[] {"customer role without customer", claim("role", "customer")});
    list.add(new String[] {"blank subject", claim("sub", " ")});
    list.add(new String[] {"endless subject", claim("sub", "x".repeat(1_000))});
    list.add(new String[] {"alg none", header("alg", "none")});
    list.add(new String[] {"alg RS256", header("alg", "RS256")});
    list.add(new String[] {"alg HS512", header("alg", "HS512")});
    list.add(new String[] {"alg hs256", header("alg", "hs256")});
    list.add(new String[] {"alg a number", header("alg", 256)});
    list.add(new String[] {"no alg", with(h -> h.remove("alg"), c -> {})});
    list.add(new String[] {"unknown kid", header("kid", "k2")});
    list.add(new String[] {"kid a path", header("kid", "../../dev/null")});
    list.add(new String[] {"kid SQL", header("kid", "' OR 1=1 --")});
    list.add(new String[] {"kid a number", header("kid", 1)});
    list.add(new String[] {"crit", header("crit", new JsonArray().add("exp"))});
    list.add(new String[] {"crit empty", header("crit", new JsonArray())});
    return list.stream().map(token -> hostile(token[0], token[1]));
  }

  private DynamicTest hostile(String name, String token) {
    return DynamicTest.dynamicTest(name, () -> refused(tokens.verify(token), name));
  }

  @TestFactory
  Stream<DynamicTest> malformed_tokens_are_401() {
    String good = signed(goodHeader().encode(), goodClaims().encode());
    String twice = goodClaims().encode().replace("}", ",\"merchant\":8}");
    return Stream.of(
            "",
            ".",
            "..",
            "a.b.c",
            "%.%.%",
            good + ".",
            good + ".x",
            good.substring(0, good.lastIndexOf('.')),
            good.substring(0, good.lastIndexOf('.') + 1),
            good.substring(0, good.length() - 4) + "AAAA",
            part("{\"alg\":\"none\"}") + "." + part(goodClaims().encode()) + ".",
            part("{\"alg\":\"none\"}") + "." + part(goodClaims().encode()),
            signed(goodHeader().encode(), twice),
            signed(goodHeader().encode(), "[]"),
            signed(goodHeader().encode(), "null"),
            signed("[]", goodClaims().encode()),
            signed(goodHeader().encode(), "not json"),
            "x".repeat(10_000))
        .map(token -> hostile(token.substring(0, Math.min(20, token.length())) + "…", token));
  }

  @Test
  void a_token_signed_with_another_secret_is_401() {
    Tokens others =
        tokens(TokenKey.shared("k1", Secret.of("another secret of more than 32 bytes")));
    String theirs = others.issue("s", Role.MERCHANT, 1, Optional.empty(), MINUTES);
    refused(tokens.verify(theirs), "another secret");
  }

  @Test
  void a_verified_token_is_good_until_it_expires_and_no_longer() throws Exception {
    String token = tokens.issue("s", Role.CUSTOMER, 3, Optional.of("c9"), Duration.ofMinutes(5));
    Caller caller = tokens.verify(token).await(5, TimeUnit.SECONDS);
    assertEquals(Optional.of("c9"), caller.customer());
    clock.advance(Duration.ofSeconds(299));
    assertEquals(caller, tokens.verify(token).await(5, TimeUnit.SECONDS));
    clock.advance(Duration.ofSeconds(1));
    refused(tokens.verify(token), "expired");
  }

  @Test
  void every_role_can_be_issued() throws Exception {
    for (Role role : Role.values()) {
      Optional<String> customer = role == Role.CUSTOMER ? Optional.of("c1") : Optional.empty();
      String token = tokens.issue("s", role, 2, customer, MINUTES);
      assertEquals(role, tokens.verify(token).await(5, TimeUnit.SECONDS).role());
    }
    Caller admin = tokens.verify(tokens.issueAdmin("ops", MINUTES)).await(5, TimeUnit.SECONDS);
    assertTrue(admin.actsFor(1) && admin.actsFor(2));
  }

  @Test
  void a_fresh_key_gives_ready_tokens_for_every_role() throws Exception {
    Tokens own = tokens(TokenKey.shared("dev", Secret.random()));
    for (Map.Entry<Role, String> ready : own.ready(1, "c1", MINUTES).entrySet()) {
      Caller caller = own.verify(ready.getValue()).await(5, TimeUnit.SECONDS);
      assertEquals(ready.getKey(), caller.role());
    }
  }

  @Test
  void rsa_and_edwards_keys_sign_and_verify() throws Exception {
    for (TokenKey key :
        List.of(
            pair("r", TokenKey.Algorithm.RS256, "RSA", 2048),
            pair("e", TokenKey.Algorithm.EDDSA, "Ed25519", 255))) {
      Tokens own = tokens(key);
      String token = own.issue("s", Role.AGENT, 1, Optional.empty(), MINUTES);
      assertEquals(Role.AGENT, own.verify(token).await(5, TimeUnit.SECONDS).role());
      refused(tokens.verify(token), "a key that is not ours");
    }
  }

  @Test
  void a_public_key_is_no_shared_secret() throws Exception {
    TokenKey rsa = pair("r", TokenKey.Algorithm.RS256, "RSA", 2048);
    Tokens forger = tokens(TokenKey.shared("r", rsa.verifying()));
    String forged = forger.issue("s", Role.ADMIN, 1, Optional.empty(), MINUTES);
    refused(tokens(rsa).verify(forged), "HS256 with the public key");
  }

  @Test
  void without_keys_or_with_weak_ones_nothing_starts() throws Exception {
    assertThrows(IllegalArgumentException.class, () -> tokens());
    assertThrows(
        IllegalArgumentException.class, () -> TokenKey.shared("k", Secret.of("x".repeat(31))));
    assertThrows(
        IllegalArgumentException.class, () -> TokenKey.shared("k", Secret.of("x".repeat(64))));
    assertThrows(
        IllegalArgumentException.class, () -> pair("r", TokenKey.Algorithm.RS256, "RSA", 1024));
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new TokenKey("r", TokenKey.Algorithm.RS256, Secret.of("not a key"), Optional.empty()));
    TokenKey key = TokenKey.shared("k", Secret.of(SECRET));
    assertThrows(IllegalArgumentException.class, () -> tokens(key, key));
  }

  @Test
  void a_token_can_not_be_issued_for_longer_than_it_is_accepted() {
    assertThrows(
        IllegalArgumentException.class,
        () -> tokens.issueAdmin("ops", MINUTES.plus(Duration.ofSeconds(1))));
  }

  @Test
  void two_keys_are_told_apart_by_their_ids() throws Exception {
    TokenKey old = TokenKey.shared("old", Secret.of("the older secret, of more than 32 bytes"));
    TokenKey young = TokenKey.shared("k1", Secret.of(SECRET));
    String byOld = tokens(old).issue("s", Role.MERCHANT, 1, Optional.empty(), MINUTES);
    Tokens both = tokens(young, old);
    assertEquals(1, both.verify(byOld).await(5, TimeUnit.SECONDS).merchant());
    refused(both.verify(with(h -> h.remove("kid"), c -> {})), "no kid among several keys");
  }

  private static TokenKey pair(String id, TokenKey.Algorithm algorithm, String kind, int bits)
      throws Exception {
    KeyPairGenerator generator = KeyPairGenerator.getInstance(kind);
    if (kind.equals("RSA")) {
      generator.initialize(bits);
    }
    KeyPair pair = generator.generateKeyPair();
    return new TokenKey(
        id,
        algorithm,
        Secret.of(pem("PUBLIC", pair.getPublic().getEncoded())),
        Optional.of(Secret.of(pem("PRIVATE", pair.getPrivate().getEncoded()))));
  }

  private static String pem(String kind, byte[] encoded) {
    String body = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(encoded);
    return "-----BEGIN %s KEY-----\n%s\n-----END %s KEY-----\n".formatted(kind, body, kind);
  }
}
