package dev.holdfast.web;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Strong entity tags that carry a row's version, such as {@code "v12"} (RFC 9110 §8.8). */
public final class EntityTag {
  private static final Pattern TAG = Pattern.compile("\"v([0-9]{1,18})\"");

  private EntityTag() {}

  /** The tag of a version, quotes included. */
  public static String of(long version) {
    return "\"v" + version + '"';
  }

  /**
   * The version that {@code If-Match} demands; empty when the header is missing or {@code *}.
   *
   * @throws ProblemException 412 when it names something that can't be a version of ours; weak tags
   *     never match, as RFC 9110 §13.1.1 says
   */
  public static OptionalLong expected(RoutingContext context) {
    String header = context.request().getHeader(HttpHeaders.IF_MATCH);
    if (header == null || header.strip().equals("*")) {
      return OptionalLong.empty();
    }
    Matcher tag = TAG.matcher(header.strip());
    if (!tag.matches()) {
      throw changed().asException();
    }
    return OptionalLong.of(Long.parseLong(tag.group(1)));
  }

  /**
   * The version that {@code If-Match} demands.
   *
   * @throws ProblemException 428 when the header is missing, 412 as {@link #expected}
   */
  public static OptionalLong demanded(RoutingContext context) {
    if (context.request().getHeader(HttpHeaders.IF_MATCH) == null) {
      throw Problem.of(428, "if_match_missing", "Send If-Match with the version you have seen.")
          .asException();
    }
    return expected(context);
  }

  /** Whether {@code If-None-Match} names this version, so that 304 is the answer. */
  public static boolean unchanged(RoutingContext context, long version) {
    String header = context.request().getHeader(HttpHeaders.IF_NONE_MATCH);
    if (header == null) {
      return false;
    }
    for (String tag : header.split(",", -1)) {
      // Here weak comparison is the rule (RFC 9110 §13.1.2).
      String plain = tag.strip().replaceFirst("^W/", "");
      if (plain.equals("*") || plain.equals(of(version))) {
        return true;
      }
    }
    return false;
  }

  /** 412: somebody changed it meanwhile. */
  public static Problem changed() {
    return Problem.of(412, "version_changed", "It was changed meanwhile; read it again.");
  }
}
