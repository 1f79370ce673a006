package dev.holdfast.testing;

import dev.holdfast.embedded.PostgresProcess;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives each test class a fresh, empty database on a real PostgreSQL, as a parameter of type {@link
 * TestDatabase} in constructors, tests and life-cycle methods, or by {@link #database()} where the
 * extension is a static field with {@code @RegisterExtension}. Nested classes share their outer
 * class's database; it is dropped after the class.
 */
public final class PostgresExtension implements BeforeAllCallback, ParameterResolver {
  private static final ExtensionContext.Namespace OURS =
      ExtensionContext.Namespace.create(PostgresExtension.class);

  private volatile TestDatabase database;

  /** The server that all test classes of this JVM share, started by the first who asks. */
  public static PostgresProcess server() {
    return TestServers.postgres();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    database = databaseOf(context);
  }

  /** The database of the test class that runs now. */
  public TestDatabase database() {
    if (database == null) {
      throw new IllegalStateException("the extension must be a static field of the test class");
    }
    return database;
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == TestDatabase.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return databaseOf(context);
  }

  /** The store drops the database when the class that asked first is through. */
  private static TestDatabase databaseOf(ExtensionContext context) {
    return context
        .getStore(OURS)
        .getOrComputeIfAbsent(
            TestDatabase.class, key -> TestDatabase.create(server()), TestDatabase.class);
  }
}
