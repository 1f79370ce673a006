package dev.holdfast.testing;

import dev.holdfast.embedded.KafkaProcess;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ParameterContext;
import org.junit.jupiter.api.extension.ParameterResolver;

/**
 * Gives tests a real Kafka broker, as a parameter of type {@link KafkaProcess} or by {@link
 * #broker()}. All test classes of the JVM share it: topics need names of their own ({@link
 * #uniqueName}).
 */
public final class KafkaExtension implements BeforeAllCallback, ParameterResolver {
  /** The broker that all test classes of this JVM share, started by the first who asks. */
  public static KafkaProcess broker() {
    return TestServers.kafka();
  }

  /** A topic or group name that no other test of this JVM has. */
  public static String uniqueName(String stem) {
    return stem + "-" + TestServers.nextNumber();
  }

  @Override
  public void beforeAll(ExtensionContext context) {
    broker();
  }

  @Override
  public boolean supportsParameter(ParameterContext parameter, ExtensionContext context) {
    return parameter.getParameter().getType() == KafkaProcess.class;
  }

  @Override
  public Object resolveParameter(ParameterContext parameter, ExtensionContext context) {
    return broker();
  }
}
