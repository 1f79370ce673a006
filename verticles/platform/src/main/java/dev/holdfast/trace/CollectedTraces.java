package dev.holdfast.trace;

import dev.holdfast.telemetry.TraceMeters;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporter;
import io.opentelemetry.exporter.otlp.http.trace.OtlpHttpSpanExporterBuilder;
import io.opentelemetry.sdk.resources.Resource;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.BatchSpanProcessor;
import io.opentelemetry.sdk.trace.samplers.Sampler;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Traces of this process, sent to a collector. */
final class CollectedTraces implements Traces {
  private static final int CLOSE_SECONDS = 5;
  private static final String PATH = "/v1/traces";

  private final SdkTracerProvider provider;
  private final Tracer tracer;

  CollectedTraces(TraceSettings settings, TraceMeters meters) {
    ExportCounts counts = new ExportCounts(exporter(settings), settings.queueMax(), meters);
    this.provider =
        SdkTracerProvider.builder()
            .setResource(resource(settings))
            .setSampler(Sampler.parentBased(Sampler.traceIdRatioBased(settings.sampled())))
            .addSpanProcessor(counts.before(batches(settings, counts)))
            .build();
    this.tracer = provider.get("holdfast");
  }

  private static OtlpHttpSpanExporter exporter(TraceSettings settings) {
    OtlpHttpSpanExporterBuilder exporter =
        OtlpHttpSpanExporter.builder()
            .setEndpoint(settings.collector().toString().replaceAll("/+$", "") + PATH)
            .setConnectTimeout(settings.timeout())
            .setTimeout(settings.timeout());
    if (settings.authorization().bytes() > 0) {
      exporter.addHeader("Authorization", settings.authorization().reveal());
    }
    return exporter.build();
  }

  /** Its queue is never full: what has no room is dropped before it. */
  private static BatchSpanProcessor batches(TraceSettings settings, ExportCounts exporter) {
    return BatchSpanProcessor.builder(exporter)
        .setMaxQueueSize(settings.queueMax() + settings.batchMax())
        .setMaxExportBatchSize(settings.batchMax())
        .setScheduleDelay(settings.every())
        .setExporterTimeout(settings.timeout().multipliedBy(2))
        .build();
  }

  private static Resource resource(TraceSettings settings) {
    return Resource.getDefault()
        .merge(
            Resource.create(
                Attributes.builder()
                    .put("service.name", "holdfast")
                    .put("service.instance.id", settings.node())
                    .put("deployment.environment.name", settings.environment())
                    .build()));
  }

  @Override
  public Span request(String traceparent, String name) {
    Context parent =
        Traceparent.read(traceparent)
            .map(known -> Context.root().with(io.opentelemetry.api.trace.Span.wrap(known)))
            .orElseGet(Context::root);
    return OpenSpan.begin(tracer, parent, Part.SERVES, name);
  }

  @Override
  public Span kept(String traceparent) {
    if (traceparent == null) {
      return Span.NONE;
    }
    Optional<SpanContext> known = Traceparent.read(traceparent).filter(SpanContext::isSampled);
    return known.isPresent() ? new KeptSpan(tracer, known.get()) : Span.NONE;
  }

  @Override
  public void close() {
    provider.shutdown().join(CLOSE_SECONDS, TimeUnit.SECONDS);
  }
}
