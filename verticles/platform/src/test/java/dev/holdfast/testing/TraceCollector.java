package dev.holdfast.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.holdfast.kernel.Secret;
import dev.holdfast.telemetry.Meters;
import dev.holdfast.trace.TraceSettings;
import dev.holdfast.trace.Traces;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.ScopeSpans;
import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/** Stands where a collector does: takes OTLP over HTTP and keeps what it was told. */
public final class TraceCollector implements AutoCloseable {
  private static final String NO_PARENT = "";

  private final HttpServer server;
  private final List<Seen> spans = new CopyOnWriteArrayList<>();
  private final List<String> authorizations = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  /**
   * A span as it was told.
   *
   * @param parent empty for one that has none
   * @param links the spans that it names besides, {@code trace/span}
   */
  public record Seen(
      String trace,
      String span,
      String parent,
      String name,
      Span.SpanKind kind,
      boolean failed,
      Map<String, String> facts,
      List<String> links) {
    static Seen of(Span span) {
      return new Seen(
          hex(span.getTraceId()),
          hex(span.getSpanId()),
          hex(span.getParentSpanId()),
          span.getName(),
          span.getKind(),
          span.getStatus().getCode() == Status.StatusCode.STATUS_CODE_ERROR,
          span.getAttributesList().stream().collect(Collectors.toMap(KeyValue::getKey, Seen::text)),
          span.getLinksList().stream()
              .map(link -> hex(link.getTraceId()) + "/" + hex(link.getSpanId()))
              .toList());
    }

    private static String text(KeyValue fact) {
      return fact.getValue().hasStringValue()
          ? fact.getValue().getStringValue()
          : Long.toString(fact.getValue().getIntValue());
    }

    private static String hex(com.google.protobuf.ByteString id) {
      return HexFormat.of().formatHex(id.toByteArray());
    }

    /** Whether it says that nothing is above it. */
    public boolean isRoot() {
      return parent.equals(NO_PARENT);
    }

    /** As another one's link names it. */
    public String asLink() {
      return trace + "/" + span;
    }
  }

  private TraceCollector(HttpServer server) {
    this.server = server;
    server.createContext("/v1/traces", this::take);
    server.start();
  }

  /** On a free port. */
  public static TraceCollector open() {
    try {
      return new TraceCollector(
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0));
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** Traces that come here as soon as they can, all of them. */
  public Traces traces() {
    TraceSettings soon =
        new TraceSettings(
            URI.create(address()),
            Secret.of(""),
            1,
            1_000,
            100,
            Duration.ofMillis(20),
            Duration.ofSeconds(2),
            "node",
            "test");
    return Traces.to(soon, new Meters().traces());
  }

  private void take(HttpExchange exchange) throws IOException {
    try (exchange) {
      ExportTraceServiceRequest told =
          ExportTraceServiceRequest.parseFrom(exchange.getRequestBody());
      String authorization = exchange.getRequestHeaders().getFirst("Authorization");
      if (authorization != null) {
        authorizations.add(authorization);
      }
      if (status == 200) {
        keep(told);
      }
      exchange.sendResponseHeaders(status, -1);
    }
  }

  private void keep(ExportTraceServiceRequest told) {
    for (ResourceSpans resource : told.getResourceSpansList()) {
      for (ScopeSpans scope : resource.getScopeSpansList()) {
        scope.getSpansList().forEach(span -> spans.add(Seen.of(span)));
      }
    }
  }

  /** What it answers from now on; nothing is kept but with 200. */
  public void answers(int code) {
    status = code;
  }

  /** Its base address. */
  public String address() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  /** All that it was told. */
  public List<Seen> spans() {
    return List.copyOf(spans);
  }

  /** The spans of one trace. */
  public List<Seen> of(String trace) {
    return spans.stream().filter(span -> span.trace().equals(trace)).toList();
  }

  /** The headers of that name. */
  public List<String> authorizations() {
    return List.copyOf(authorizations);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
