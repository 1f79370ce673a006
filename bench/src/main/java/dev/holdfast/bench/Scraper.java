package dev.holdfast.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Scrapes a listener as often as it takes to read so many series each second; a platform has fewer
 * of its own.
 */
final class Scraper implements AutoCloseable {
  private static final long SECOND_NANOS = Duration.ofSeconds(1).toNanos();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final HttpRequest request;
  private final List<Double> milliseconds = new ArrayList<>();
  private final long everyNanos;
  private final long series;

  /**
   * One that does not scrape yet.
   *
   * @param metrics what is scraped
   * @param seriesASecond at least so many
   */
  Scraper(URI metrics, int seriesASecond) {
    this.request = HttpRequest.newBuilder(metrics).build();
    this.series = scrape();
    this.everyNanos = SECOND_NANOS * series / seriesASecond;
  }

  private long scrape() {
    try {
      long begun = System.nanoTime();
      String text = http.send(request, BodyHandlers.ofString()).body();
      milliseconds.add((System.nanoTime() - begun) / 1e6);
      return text.lines().filter(line -> !line.startsWith("#")).count();
    } catch (IOException failed) {
      throw new BenchException("the platform is not scraped: " + failed, failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", stopped);
    }
  }

  /** How many series one scrape reads. */
  long series() {
    return series;
  }

  /** Scrapes on its own thread while the work is done; fails when a scrape did. */
  Window during(Window.Measured work) {
    milliseconds.clear();
    Future<?> scraping =
        thread.scheduleAtFixedRate(this::scrape, 0, everyNanos, TimeUnit.NANOSECONDS);
    try {
      Window window = work.measure();
      if (scraping.isDone()) {
        scraping.get();
      }
      return window;
    } catch (ExecutionException failed) {
      throw new BenchException("the platform is not scraped: " + failed.getCause(), failed);
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new BenchException("interrupted", stopped);
    } finally {
      scraping.cancel(false);
    }
  }

  /** How many scrapes there were while something was measured, and their middle time in ms. */
  String told() {
    List<Double> sorted = milliseconds.stream().sorted().toList();
    return "%d scrapes, %.1f ms each".formatted(sorted.size(), sorted.get(sorted.size() / 2));
  }

  @Override
  public void close() {
    thread.shutdownNow();
    http.close();
  }
}
