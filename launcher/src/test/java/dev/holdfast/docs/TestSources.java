package dev.holdfast.docs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The test sources of the whole checkout, read as text: what they are called and tagged. */
final class TestSources {
  /** The checkout; the build hands it in. */
  static final Path CHECKOUT = Path.of(System.getProperty("holdfast.home"));

  private static final Path TEST_FOLDER = Path.of("src", "test", "java");
  private static final Pattern FEATURE_TAG = Pattern.compile("@Tag\\(\"(E-\\d{3})\"\\)");
  private static final Pattern PACKAGE = Pattern.compile("(?m)^package ([\\w.]+);");

  private final List<Source> sources;

  private TestSources(List<Source> sources) {
    this.sources = List.copyOf(sources);
  }

  /**
   * One file.
   *
   * @param module the folder of the module that it belongs to
   * @param name of the class, without its package
   */
  record Source(Path module, String name, String text) {
    /** The class with its package. */
    String className() {
      Matcher found = PACKAGE.matcher(text);
      return found.find() ? found.group(1) + "." + name : name;
    }

    /** Whether a method of this name is a test that is not switched off. */
    boolean tests(String method) {
      Matcher found = Pattern.compile("\\bvoid " + method + "\\(").matcher(text);
      return found.find() && isSwitchedOn(annotationsBefore(found.start()));
    }

    /** From the end of the member before to the method. */
    private String annotationsBefore(int start) {
      String before = text.substring(0, start);
      int end = Math.max(before.lastIndexOf("\n\n"), before.lastIndexOf("}\n"));
      return before.substring(Math.max(end, 0));
    }

    private static boolean isSwitchedOn(String annotations) {
      boolean test = annotations.matches("(?s).*@(\\w*Test|TestFactory)\\b.*");
      return test && !annotations.contains("@Disabled");
    }

    /** The numbers of the features that it says it covers. */
    NavigableSet<String> features() {
      NavigableSet<String> numbers = new TreeSet<>();
      FEATURE_TAG.matcher(text).results().forEach(tag -> numbers.add(tag.group(1)));
      return numbers;
    }
  }

  /** Those below the checkout's modules. */
  static TestSources ofCheckout() {
    List<Source> found = new ArrayList<>();
    for (String folder : List.of("launcher", "verticles")) {
      found.addAll(below(CHECKOUT.resolve(folder)));
    }
    return new TestSources(found);
  }

  private static List<Source> below(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(TestSources::isTestSource).map(TestSources::read).toList();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static boolean isTestSource(Path file) {
    String path = file.toString();
    return path.endsWith(".java") && path.contains(TEST_FOLDER.toString());
  }

  private static Source read(Path file) {
    String path = file.toString();
    Path module = Path.of(path.substring(0, path.indexOf(TEST_FOLDER.toString())));
    String name = file.getFileName().toString().replace(".java", "");
    return new Source(module, name, text(file));
  }

  /** A file's text. */
  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  /** The class of this simple name. */
  Optional<Source> named(String name) {
    return sources.stream().filter(source -> source.name().equals(name)).findFirst();
  }

  /** The numbers of all features that some test says it covers. */
  NavigableSet<String> features() {
    NavigableSet<String> numbers = new TreeSet<>();
    sources.forEach(source -> numbers.addAll(source.features()));
    return numbers;
  }
}
