package dev.holdfast.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import dev.holdfast.architecture.planted.PlantedRules;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The plan's rules, over all modules. */
class ArchitectureTest {
  private static JavaClasses main;

  @BeforeAll
  static void read() {
    main =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .withImportOption(place -> !place.contains("-tests.jar"))
            .importPackages("dev.holdfast");
  }

  private static DescribedPredicate<JavaClass> protocols() {
    return nameMatching(".*Protocol(\\$.*)?").forSubtype();
  }

  private static final ArchRule RULES_ARE_PURE =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Rules")
          .and()
          .resideInAPackage("dev.holdfast..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("io.vertx..", "java.sql..", "org.apache.kafka..");

  @Test
  void the_kernel_is_plain_java() {
    classes()
        .that()
        .resideInAPackage("dev.holdfast.kernel..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "dev.holdfast.kernel..")
        .check(main);
  }

  @Test
  void the_platform_knows_no_commerce() {
    noClasses()
        .that()
        .resideInAPackage("dev.holdfast..")
        .and()
        .resideOutsideOfPackages(
            "dev.holdfast.commerce..", "dev.holdfast.launcher..", "dev.holdfast.architecture..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.holdfast.commerce..", "dev.holdfast.launcher..")
        .check(main);
  }

  @Test
  void agents_meet_only_in_protocols() {
    slices()
        .matching(
            "dev.holdfast.commerce.(order|inventory|product|payment|customer|fraud|transport|aftersales)..")
        .should()
        .notDependOnEachOther()
        .ignoreDependency(alwaysTrue(), protocols())
        .check(main);
  }

  @Test
  void protocols_are_plain_java() {
    classes()
        .that(simpleNameEndingWith("Protocol"))
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "dev.holdfast.kernel..", "dev.holdfast.commerce..")
        .check(main);
  }

  @Test
  void rules_are_pure() {
    RULES_ARE_PURE.check(main);
  }

  @Test
  void a_planted_violation_is_found() {
    JavaClasses planted = new ClassFileImporter().importClasses(PlantedRules.class);
    assertFalse(RULES_ARE_PURE.evaluate(planted).getFailureReport().isEmpty());
  }

  @Test
  void kafka_is_spoken_only_in_the_stream() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.holdfast.stream..", "dev.holdfast.broker..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.kafka..", "io.vertx.kafka..")
        .check(main);
  }

  @Test
  void open_telemetry_is_seen_only_where_traces_are_made() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.holdfast.trace..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("io.opentelemetry..")
        .check(main);
  }

  @Test
  void only_the_launcher_makes_event_loops_and_leaves_the_process() {
    noClasses()
        .that()
        .resideOutsideOfPackages("dev.holdfast.launcher..", "dev.holdfast.broker..")
        .should()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethod(System.class, "getenv", String.class)
        .orShould()
        .callMethod(Vertx.class, "vertx")
        .check(main);
  }

  @Test
  void nobody_blocks_outside_the_launcher() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.holdfast..")
        .and()
        .resideOutsideOfPackages(
            "dev.holdfast.launcher..", "dev.holdfast.embedded..", "dev.holdfast.broker..")
        .should()
        .callMethodWhere(
            target(owner(nameMatching(Future.class.getName()))).and(target(name("await"))))
        .orShould()
        .callMethod(Thread.class, "sleep", long.class)
        .check(main);
  }

  @Test
  void nobody_reads_the_machines_clock_outside_the_kernel() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.holdfast..")
        .and()
        .resideOutsideOfPackages(
            "dev.holdfast.kernel..", "dev.holdfast.embedded..", "dev.holdfast.broker..")
        .should()
        .callMethod(Instant.class, "now")
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callConstructor(Random.class)
        .check(main);
  }

  @Test
  void rooms_form_no_cycle() {
    slices().matching("dev.holdfast.(*)..").should().beFreeOfCycles().check(main);
    slices().matching("dev.holdfast.commerce.(*)..").should().beFreeOfCycles().check(main);
    slices().matching("dev.holdfast.launcher.(*)..").should().beFreeOfCycles().check(main);
  }
}
