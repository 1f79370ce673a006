package dev.holdfast.docs;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** What the build wrote down about the tests of one class. */
final class SurefireReport {
  private static final List<String> NOT_PASSED = List.of("skipped", "failure", "error");

  private SurefireReport() {}

  /**
   * Why the test can't be said to have run and passed; empty when it did.
   *
   * @param reports the folder with the module's reports
   * @param className with its package
   * @param method the test's; each of its invocations counts
   */
  static Optional<String> whyNotRun(Path reports, String className, String method) {
    Path report = reports.resolve("TEST-" + className + ".xml");
    if (!Files.exists(report)) {
      return Optional.of("the build has no report of it; run the whole suite");
    }
    List<Element> runs =
        cases(report).stream().filter(run -> isOf(run.getAttribute("name"), method)).toList();
    if (runs.isEmpty()) {
      return Optional.of("its class ran without it");
    }
    return runs.stream().anyMatch(SurefireReport::isNotPassed)
        ? Optional.of("it was skipped or failed")
        : Optional.empty();
  }

  /** A test with arguments is written as {@code name(Types)[number]}. */
  private static boolean isOf(String run, String method) {
    return run.equals(method) || run.startsWith(method + "(") || run.startsWith(method + "[");
  }

  private static boolean isNotPassed(Element run) {
    return NOT_PASSED.stream().anyMatch(mark -> run.getElementsByTagName(mark).getLength() > 0);
  }

  private static List<Element> cases(Path report) {
    try {
      NodeList nodes =
          DocumentBuilderFactory.newInstance()
              .newDocumentBuilder()
              .parse(report.toFile())
              .getElementsByTagName("testcase");
      List<Element> cases = new ArrayList<>();
      for (int i = 0; i < nodes.getLength(); i++) {
        cases.add((Element) nodes.item(i));
      }
      return cases;
    } catch (Exception unreadable) {
      throw new IllegalStateException("cannot read " + report, unreadable);
    }
  }
}
