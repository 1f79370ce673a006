package dev.holdfast.commerce.api;

import dev.holdfast.bus.Answer;
import dev.holdfast.bus.Ask;
import dev.holdfast.bus.Bus;
import dev.holdfast.bus.QueryAsk;
import dev.holdfast.degradation.AdmissionControl;
import dev.holdfast.journal.Journal;
import dev.holdfast.journal.LocalSnapshots;
import dev.holdfast.kernel.Clock;
import dev.holdfast.kernel.Outcome;
import dev.holdfast.kernel.Refusal;
import dev.holdfast.kernel.Secret;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.testing.Reports;
import dev.holdfast.web.Caller.Role;
import dev.holdfast.web.Cursors;
import dev.holdfast.web.HttpLimits;
import dev.holdfast.web.TokenKey;
import dev.holdfast.web.TokenSettings;
import dev.holdfast.web.Tokens;
import dev.holdfast.workflow.Milestone;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.ResponseValidator;
import io.vertx.openapi.validation.ValidatableResponse;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** A gateway on a free port, with agents on the bus that answer by script. */
final class GatewayStage {
  static final String CUSTOMER = "17850";
  static final int MERCHANT = 7;

  private static final Duration MINUTES = Duration.ofMinutes(15);

  /** Read once for all tests of a process: it costs a second of a processor. */
  private static ApiContract read;

  final Vertx vertx = Vertx.vertx();
  final ApiContract contract;
  final List<Object> asked = new CopyOnWriteArrayList<>();
  volatile Waiting waiting = (run, asked, deadline) -> Future.succeededFuture(Optional.empty());

  /** Whether the database is said not to answer. */
  volatile boolean silent;

  volatile AdmissionControl admissions = AdmissionControl.ALWAYS;

  private final Map<Class<?>, Function<Object, Future<?>>> script = new ConcurrentHashMap<>();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Map<Role, String> tokens = new HashMap<>();
  private final Tokens issuer;
  private final ResponseValidator responses;
  private final int port;

  GatewayStage(Duration request, Duration milestone) throws Exception {
    this(request, milestone, Optional.empty());
  }

  /** One whose orders may be accepted as intents. */
  GatewayStage(Duration request, Duration milestone, Optional<Journal> journal) throws Exception {
    Clock clock = Clock.system();
    Bus bus = new Bus(vertx, clock);
    for (String agent :
        List.of(
            "order",
            "aftersales",
            "inventory",
            "product",
            "customer",
            "payment",
            "transport",
            "fraud")) {
      bus.serve(agent, this::answer);
    }
    contract = contract(vertx);
    responses = ResponseValidator.create(vertx, contract.openApi());
    TokenKey key = TokenKey.shared("k1", Secret.of("a secret of more than 32 bytes, for tests"));
    issuer =
        new Tokens(
            vertx,
            new TokenSettings("holdfast", "api", MINUTES, List.of(key)),
            clock,
            new Meters());
    tokens.putAll(issuer.ready(MERCHANT, CUSTOMER, MINUTES));
    tokens.put(Role.ADMIN, issuer.issue("admin", Role.ADMIN, MERCHANT, Optional.empty(), MINUTES));
    GatewayVerticle gateway =
        new GatewayVerticle(
            new GatewaySettings("127.0.0.1", 0, request, milestone, HttpLimits.DEFAULTS),
            contract,
            bus,
            (run, again, deadline) -> waiting.await(run, again, deadline),
            issuer,
            new Cursors(Secret.of("another secret of more than 32 bytes")),
            clock,
            new Meters().http("api"),
            (agent, operation, writes) -> admissions.admit(agent, operation, writes),
            Reports.of(clock),
            new Fallback(
                journal,
                new LocalSnapshots(100, MINUTES, clock, new Meters().cache("snapshots")),
                () -> silent));
    vertx.deployVerticle(gateway).await(30, TimeUnit.SECONDS);
    port = gateway.port();
  }

  private static ApiContract contract(Vertx vertx) throws Exception {
    if (read == null) {
      read = ApiContract.load(vertx).await(60, TimeUnit.SECONDS);
    }
    return read;
  }

  private Future<?> answer(Object body) {
    Object message = body instanceof Ask<?> ask ? ask.command() : ((QueryAsk<?>) body).query();
    asked.add(body);
    Function<Object, Future<?>> scripted = script.get(message.getClass());
    return scripted == null
        ? Future.failedFuture(new IllegalStateException("no script for " + message.getClass()))
        : scripted.apply(body);
  }

  /** Forgets scripts and what was asked. */
  void clear() {
    script.clear();
    asked.clear();
    silent = false;
    admissions = AdmissionControl.ALWAYS;
    waiting = (run, again, deadline) -> Future.succeededFuture(Optional.empty());
  }

  /** How an ask or question of this class is answered, given its envelope. */
  void on(Class<?> message, Function<Object, Future<?>> answer) {
    script.put(message, answer);
  }

  /** Commands of this class are done. */
  void done(Class<?> command, Object reply, boolean replayed) {
    on(
        command,
        body ->
            Future.succeededFuture(
                new Answer<>(((Ask<?>) body).id(), Outcome.done(reply), replayed)));
  }

  /** Commands of this class are refused. */
  void rejected(Class<?> command, Refusal why, boolean replayed) {
    on(
        command,
        body ->
            Future.succeededFuture(
                new Answer<>(((Ask<?>) body).id(), Outcome.rejected(why), replayed)));
  }

  /** Questions of this class are answered. */
  void answered(Class<?> query, Object reply) {
    on(query, body -> Future.succeededFuture(reply));
  }

  /** Runs tell this answer. */
  void tells(int status, JsonObject body) {
    waiting =
        (run, again, deadline) ->
            Future.succeededFuture(Optional.of(new Milestone(status, body.encode())));
  }

  /** The last command of this class that was asked. */
  <C> C command(Class<C> type) {
    return type.cast(ask(type).command());
  }

  /** The envelope of the last command of this class. */
  Ask<?> ask(Class<?> type) {
    return asked.stream()
        .filter(Ask.class::isInstance)
        .map(body -> (Ask<?>) body)
        .filter(ask -> type.isInstance(ask.command()))
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  /** The last question of this class. */
  <Q> Q question(Class<Q> type) {
    return asked.stream()
        .filter(QueryAsk.class::isInstance)
        .map(body -> ((QueryAsk<?>) body).query())
        .filter(type::isInstance)
        .map(type::cast)
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  String token(Role role) {
    return tokens.get(role);
  }

  /** A token of a customer, or of an admin of the whole platform for null. */
  String tokenOf(String customer) {
    return customer == null
        ? issuer.issueAdmin("root", MINUTES)
        : issuer.issue("c", Role.CUSTOMER, MERCHANT, Optional.of(customer), MINUTES);
  }

  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/api/v1" + path))
        .timeout(Duration.ofSeconds(30));
  }

  HttpResponse<String> get(Role role, String path, String... headers) throws Exception {
    HttpRequest.Builder request = request(path).header("Authorization", "Bearer " + token(role));
    return send(headers.length > 0 ? request.headers(headers) : request);
  }

  HttpResponse<String> post(Role role, String path, String key, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        request(path)
            .header("Authorization", "Bearer " + token(role))
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body));
    return send(headers.length > 0 ? request.headers(headers) : request);
  }

  /** An order as any caller would send it. */
  HttpRequest.Builder order(String token, byte[] body) {
    return request("/orders")
        .header("Authorization", "Bearer " + token)
        .POST(BodyPublishers.ofByteArray(body));
  }

  HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
  }

  /** The answer's body, after it was held against the contract. */
  JsonObject body(String operation, HttpResponse<String> answer) throws Exception {
    Map<String, String> headers = new HashMap<>();
    answer.headers().map().forEach((name, values) -> headers.put(name, values.getFirst()));
    responses
        .validate(
            ValidatableResponse.create(
                answer.statusCode(), headers, Buffer.buffer(answer.body()), "application/json"),
            operation)
        .await(20, TimeUnit.SECONDS);
    return new JsonObject(answer.body());
  }

  static String code(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("code");
  }

  static String detail(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getString("detail");
  }

  void close() throws Exception {
    client.close();
    vertx.close().await(20, TimeUnit.SECONDS);
  }
}
