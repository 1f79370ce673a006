package dev.holdfast.telemetry;

import io.micrometer.core.instrument.Counter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** What one agent's HTTP requests add up to. */
public final class HttpMeters {
  private final Meters meters;
  private final String agent;
  private final Counter requests;
  private final Counter errors;
  private final Histogram milliseconds;
  private final Histogram requestBytes;
  private final Histogram responseBytes;
  private final Counter anyListener;
  private final Reading connections;
  private final Map<String, Route> routes = new ConcurrentHashMap<>();

  HttpMeters(Meters meters, String agent) {
    this.meters = meters;
    this.agent = agent;
    requests = meters.counter(Catalogue.REQUESTS, agent);
    errors = meters.counter(Catalogue.ERRORS, agent);
    milliseconds = meters.histogram(Catalogue.REQUEST_DURATION, agent);
    requestBytes = meters.histogram(GivenMeter.AGENT_REQUEST_SIZE, agent);
    responseBytes = meters.histogram(GivenMeter.AGENT_RESPONSE_SIZE, agent);
    anyListener = meters.counter(GivenMeter.HTTP_REQUESTS);
    connections = meters.reading(Catalogue.ACTIVE_CONNECTIONS, agent);
  }

  /** Open connections. */
  public Reading connections() {
    return connections;
  }

  /**
   * One route's answers.
   *
   * @param template the route's template, such as {@code POST /api/v1/orders}; never a raw path
   */
  public Route route(String template) {
    Route known = routes.get(template);
    if (known != null) {
      return known;
    }
    String bounded = routes.size() < Meters.SERIES_MAX ? template : Meters.OTHER;
    return routes.computeIfAbsent(bounded, Route::new);
  }

  /** One route's answers. */
  public final class Route {
    /** By status - 100; filled as statuses come up, so that unused ones make no series. */
    private final Counter[] byStatus = new Counter[500];

    private final String template;
    private final Counter byPath;
    private final Counter seconds;

    private Route(String template) {
      this.template = template;
      this.seconds = meters.counter(Catalogue.HTTP_ROUTE_SECONDS, agent, template);
      this.byPath = meters.counter(GivenMeter.HTTP_REQUESTS_BY_PATH, template);
    }

    /** The route's template. */
    public String template() {
      return template;
    }

    /**
     * An answer went out, or the client went away before it.
     *
     * @param status the HTTP status; 499 when the client went away
     * @param nanos from the head of the request to the end of the answer
     */
    public void answered(int status, long nanos) {
      requests.increment();
      anyListener.increment();
      byPath.increment();
      if (status >= 500) {
        errors.increment();
      }
      milliseconds.record(nanos / 1e6);
      seconds.increment(nanos / 1e9);
      count(status).increment();
    }

    /** What went over the wire, in bytes of bodies. */
    public void carried(long request, long response) {
      requestBytes.record((double) request);
      responseBytes.record((double) response);
    }

    private Counter count(int status) {
      int slot = Math.clamp(status, 100, 599) - 100;
      Counter counter = byStatus[slot];
      if (counter == null) {
        // Two loops may both do this; they get the same counter.
        counter =
            meters.counter(Catalogue.HTTP_RESPONSES, agent, template, Integer.toString(slot + 100));
        byStatus[slot] = counter;
      }
      return counter;
    }
  }
}
