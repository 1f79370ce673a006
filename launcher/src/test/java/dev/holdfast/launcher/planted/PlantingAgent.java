package dev.holdfast.launcher.planted;

import static net.bytebuddy.matcher.ElementMatchers.named;

import dev.holdfast.launcher.planted.PlantedBug.Cut;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.instrument.Instrumentation;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import net.bytebuddy.agent.builder.AgentBuilder;
import net.bytebuddy.asm.AsmVisitorWrapper;

/** The Java agent that plants a bug in a process: {@code -javaagent:planting.jar=BUG}. */
public final class PlantingAgent {
  private PlantingAgent() {}

  /** Called by the virtual machine before the process's main method. */
  public static void premain(String bug, Instrumentation instrumentation) {
    PlantedBug.valueOf(bug).cuts().forEach(cut -> plant(cut, instrumentation));
  }

  private static void plant(Cut cut, Instrumentation instrumentation) {
    new AgentBuilder.Default()
        .disableClassFormatChanges()
        .with(AgentBuilder.Listener.StreamWriting.toSystemOut().withErrorsOnly())
        .type(named(cut.type()))
        .transform(
            (builder, type, loader, module, domain) -> {
              if (type.getDeclaredMethods().filter(cut.method()).isEmpty()) {
                throw new IllegalStateException(type + " has no such method any more");
              }
              System.out.println(said(cut));
              return builder.visit(
                  new AsmVisitorWrapper.ForDeclaredMethods().method(cut.method(), cut.change()));
            })
        .installOn(instrumentation);
  }

  /** What the process says when its class is loaded with the bug. */
  static String said(Cut cut) {
    return "planted in " + cut.type();
  }

  /** Writes the agent's jar, which names this class and holds nothing: the class path has it. */
  static Path jar(Path folder) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().putValue("Premain-Class", PlantingAgent.class.getName());
    Path jar = folder.resolve("planting.jar");
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream written = new JarOutputStream(file, manifest)) {
      written.finish();
    }
    return jar;
  }
}
