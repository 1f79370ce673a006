package dev.holdfast.commerce.api;

import dev.holdfast.bus.HttpKey;
import dev.holdfast.degradation.Admission;
import dev.holdfast.kernel.CommandId;
import dev.holdfast.kernel.Deadline;
import dev.holdfast.trace.Span;
import dev.holdfast.web.Caller;
import dev.holdfast.web.Caller.Role;
import dev.holdfast.web.EntityTag;
import dev.holdfast.web.IdempotencyKey;
import dev.holdfast.web.JsonBody;
import dev.holdfast.web.Problem;
import dev.holdfast.web.Traced;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** A request that keeps the contract, by a caller that may make it. */
final class ApiCall {
  private static final String MERCHANT_HEADER = "Holdfast-Merchant";
  private static final int PAGE = 50;

  private final RoutingContext context;
  private final ApiOperation operation;
  private final Caller caller;
  private final int merchant;
  private final Deadline deadline;
  private final Admission admission;

  ApiCall(RoutingContext context, ApiOperation operation, Deadline deadline, Admission admission) {
    this.context = context;
    this.operation = operation;
    this.caller = Caller.of(context);
    this.merchant = merchant(context, caller);
    this.deadline = deadline;
    this.admission = admission;
  }

  private static int merchant(RoutingContext context, Caller caller) {
    String header = context.request().getHeader(MERCHANT_HEADER);
    if (header == null) {
      if (caller.merchant() == 0) {
        throw Problem.badRequest(
                "merchant_missing",
                "An admin of the platform names it: send " + MERCHANT_HEADER + ".")
            .asException();
      }
      return caller.merchant();
    }
    if (!header.matches("[1-9][0-9]{0,8}")) {
      throw ApiOperation.invalid(MERCHANT_HEADER, "must be a number of 1 or more");
    }
    int named = Integer.parseInt(header);
    if (!caller.actsFor(named)) {
      throw Problem.of(403, "forbidden", "The token does not act for that merchant.").asException();
    }
    return named;
  }

  int merchant() {
    return merchant;
  }

  Deadline deadline() {
    return deadline;
  }

  /** How it may begin; handlers never see a refusal. */
  Admission admission() {
    return admission;
  }

  String subject() {
    return caller.subject();
  }

  JsonObject body() {
    return JsonBody.of(context);
  }

  String path(String name) {
    return context.pathParam(name);
  }

  UUID pathId(String name) {
    return UUID.fromString(context.pathParam(name));
  }

  /** A parameter of the query, or null. */
  String query(String name) {
    return context.queryParams().get(name);
  }

  /** The number of a document where it comes from. */
  record DocumentNumber(String source, String number) {}

  /** The document that is asked for by its number; empty when none is. */
  Optional<DocumentNumber> number() {
    String source = query("source");
    String number = query("externalNumber");
    if (source == null && number == null) {
      return Optional.empty();
    }
    if (source == null || number == null) {
      throw ApiOperation.invalid(
          source == null ? "source" : "externalNumber", "goes with the other of the two");
    }
    return Optional.of(new DocumentNumber(source, number));
  }

  /** How many entries a page has. */
  int limit() {
    String limit = query("limit");
    return limit == null ? PAGE : Integer.parseInt(limit);
  }

  /** The version that must still be there; null for any. */
  Long expectedVersion() {
    OptionalLong expected = EntityTag.expected(context);
    return expected.isPresent() ? Long.valueOf(expected.getAsLong()) : null;
  }

  /** The answer with a version's tag, or 304 when the caller has that version. */
  ApiAnswer versioned(JsonObject body, long version) {
    return EntityTag.unchanged(context, version)
        ? ApiAnswer.of(304, null).tagged(version)
        : ApiAnswer.ok(body).tagged(version);
  }

  /**
   * Who the caller is, when its token is a customer's: then it sees and orders for itself alone.
   */
  Optional<String> customer() {
    return caller.customer();
  }

  /** The customer that a document names; a customer's own where it names none. */
  String customerOf(String named) {
    if (customer().isEmpty()) {
      return named;
    }
    String own = customer().get();
    if (named != null && !named.equals(own)) {
      throw Problem.of(403, "forbidden", "A customer acts for itself alone.").asException();
    }
    return own;
  }

  /** 403 unless the caller is the merchant or an admin. */
  void needMerchant(String field) {
    if (caller.role() != Role.MERCHANT && caller.role() != Role.ADMIN) {
      throw Problem.of(403, "merchant_role_needed", field + " is for the merchant to name.")
          .asException();
    }
  }

  /** The same, when the object has the field. */
  void needMerchantFor(JsonObject object, String... fields) {
    for (String field : fields) {
      if (object.containsKey(field)) {
        needMerchant(field);
      }
    }
  }

  /** What the request is seen as. */
  Span trace() {
    return Traced.of(context);
  }

  /** The id of the command that this request is. */
  CommandId commandId(LocalDate today) {
    return CommandId.ofHttp(merchant, operation.id(), key(), today);
  }

  /**
   * The same, when the request says itself when it was made.
   *
   * @param time as the request says it
   */
  CommandId commandId(Instant time, LocalDate today) {
    return CommandId.ofHttpAt(time, merchant, operation.id(), key(), today);
  }

  /** What stands for this request, whatever its body says. */
  HttpKey.Name keyName() {
    return new HttpKey.Name(merchant, operation.id(), key());
  }

  /** Key and fingerprint: the same request has both the same. */
  HttpKey httpKey() {
    return new HttpKey(merchant, operation.id(), key(), fingerprint());
  }

  /** Customers of one merchant choose keys without knowing of one another. */
  private String key() {
    String key = IdempotencyKey.of(context);
    return customer()
        .map(own -> hex(digest().digest(own.getBytes(StandardCharsets.UTF_8))).substring(0, 32))
        .map(own -> own + "/" + key)
        .orElse(key);
  }

  private String fingerprint() {
    MessageDigest digest = digest();
    digest.update(context.request().path().getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
    return hex(digest.digest(context.body().buffer().getBytes()));
  }

  /**
   * Says that the answer was given before; an answer that comes too late to be sent says nothing.
   */
  void replayed() {
    if (!context.response().headWritten()) {
      context.response().putHeader(IdempotencyKey.REPLAYED_HEADER, "true");
    }
  }

  /** Says how old what is answered is. */
  void age(Duration age) {
    context.response().putHeader(HttpHeaders.AGE, Long.toString(age.toSeconds()));
  }

  /** Says where the thing that stands in the way is. */
  void locate(String path) {
    context.response().putHeader(HttpHeaders.LOCATION, ApiContract.BASE + path);
  }

  private static String hex(byte[] bytes) {
    return HexFormat.of().formatHex(bytes);
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java platform has SHA-256", impossible);
    }
  }
}
