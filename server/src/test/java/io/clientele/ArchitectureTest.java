package io.clientele;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static com.tngtech.archunit.library.GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;

/** Who may use whom. The picture is in ARCHITECTURE.md. */
@AnalyzeClasses(packages = "io.clientele", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule DEPENDENCIES_POINT_ONE_WAY =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("app")
          .definedBy("io.clientele.app..")
          .layer("nouns")
          .definedBy(
              "io.clientele.users..",
              "io.clientele.roles..",
              "io.clientele.territories..",
              "io.clientele.profiles..",
              "io.clientele.organization..",
              "io.clientele.apis..",
              "io.clientele.sharing..",
              "io.clientele.coql..",
              "io.clientele.composite..",
              "io.clientele.backup..",
              "io.clientele.demo..")
          .layer("records")
          .definedBy("io.clientele.records..")
          .layer("files")
          .definedBy("io.clientele.files..")
          .layer("metadata")
          .definedBy("io.clientele.metadata..", "io.clientele.access..")
          .layer("oauth")
          .definedBy("io.clientele.oauth..")
          .layer("org")
          .definedBy("io.clientele.org..")
          .layer("ground")
          .definedBy("io.clientele.db..", "io.clientele.http..")
          .layer("error")
          .definedBy("io.clientele.error..")
          .whereLayer("app")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("nouns")
          .mayOnlyBeAccessedByLayers("app")
          .whereLayer("records")
          .mayOnlyBeAccessedByLayers("app", "nouns")
          .whereLayer("oauth")
          .mayOnlyBeAccessedByLayers("app", "nouns")
          .whereLayer("metadata")
          .mayOnlyBeAccessedByLayers("app", "nouns", "records", "files")
          .whereLayer("files")
          .mayOnlyBeAccessedByLayers("app", "nouns", "records", "metadata")
          .whereLayer("org")
          .mayOnlyBeAccessedByLayers("app", "nouns", "records", "files", "metadata", "oauth");

  @ArchTest
  static final ArchRule THE_GROUND_KNOWS_NO_FEATURE =
      noClasses()
          .that()
          .resideInAnyPackage("io.clientele.db..", "io.clientele.http..", "io.clientele.error..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "io.clientele.app..",
              "io.clientele.records..",
              "io.clientele.metadata..",
              "io.clientele.oauth..",
              "io.clientele.users..",
              "io.clientele.org..");

  @ArchTest
  static final ArchRule THE_WIRE_HAS_NO_SQL =
      noClasses()
          .that()
          .resideInAPackage("io.clientele.http..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.sql..", "io.clientele.db..");

  @ArchTest
  static final ArchRule ONLY_DB_HOLDS_CONNECTIONS =
      noClasses()
          .that()
          .resideOutsideOfPackage("io.clientele.db..")
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              java.sql.Connection.class,
              java.sql.Statement.class,
              java.sql.DriverManager.class,
              javax.sql.DataSource.class);

  /** Each package by itself, but for the kinds of fields: they and fields need each other. */
  @ArchTest
  static final ArchRule NO_CYCLES = slices().assignedFrom(new Packages()).should().beFreeOfCycles();

  @ArchTest
  static final ArchRule ONLY_APP_TELLS_THE_TIME =
      noClasses()
          .that()
          .resideOutsideOfPackages("io.clientele.app..", "io.clientele.db..")
          .should()
          .callMethodWhere(
              target(nameMatching("now|systemUTC|systemDefaultZone|system|currentTimeMillis"))
                  .and(
                      target(owner(resideInAnyPackage("java.time..", "java.lang..")))
                          .and(not(target(rawParameterTypes(java.time.Clock.class))))));

  @ArchTest static final ArchRule NOTHING_PRINTS = NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS;

  @ArchTest
  static final ArchRule TIME_IS_JAVA_TIME =
      noClasses()
          .should()
          .dependOnClassesThat()
          .belongToAnyOf(
              java.util.Date.class, java.util.Calendar.class, java.text.SimpleDateFormat.class);

  private static final class Packages implements SliceAssignment {
    @Override
    public SliceIdentifier getIdentifierOf(JavaClass type) {
      return SliceIdentifier.of(
          type.getPackageName().replaceFirst("metadata[.]types$", "metadata"));
    }

    @Override
    public String getDescription() {
      return "packages";
    }
  }
}
