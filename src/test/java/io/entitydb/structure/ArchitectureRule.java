package io.entitydb.structure;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.lang.ArchRule;

import java.util.List;

/** A rule that the classes obey, inside and across modules. */
public enum ArchitectureRule {
    /** The domain and the engine are plain Java: no framework, no JSON, no servlets. */
    PURE_CORE {
        @Override
        ArchRule rule() {
            return classes()
                    .that(
                            resideInAnyPackage(
                                            "io.entitydb.temporal..",
                                            "io.entitydb.entity..",
                                            "io.entitydb.query..",
                                            "io.entitydb.storage..")
                                    .and(not("io.entitydb.storage.config..")))
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "io.entitydb..",
                            "org.jspecify.annotations..",
                            "com.google.errorprone.annotations..",
                            "lombok..",
                            "org.slf4j..",
                            "org.springframework.modulith..");
        }
    },
    /** The client is used by programs that have neither the service nor its libraries. */
    CLIENT_STANDS_ALONE {
        @Override
        ArchRule rule() {
            return classes()
                    .that(resideInAPackage("io.entitydb.client.."))
                    .should()
                    .onlyDependOnClassesThat()
                    .resideInAnyPackage(
                            "java..",
                            "io.entitydb.client..",
                            "com.fasterxml.jackson.annotation..",
                            "tools.jackson..",
                            "org.jspecify.annotations..",
                            "org.springframework.core..",
                            "org.springframework.http..",
                            "org.springframework.modulith..",
                            "org.springframework.util..",
                            "org.springframework.web..");
        }
    },
    /** The operating system's files have one door; a few modules keep files of their own. */
    ONE_DOOR_TO_FILES {
        @Override
        ArchRule rule() {
            return noClasses()
                    .that(
                            not(
                                    "io.entitydb.storage.io..",
                                    "io.entitydb.backup..",
                                    "io.entitydb.cli..",
                                    "io.entitydb.search..",
                                    "io.entitydb.security.."))
                    .should()
                    .dependOnClassesThat(
                            resideInAPackage("java.nio.channels..")
                                    .or(
                                            nameMatching(
                                                    "java\\.nio\\.file\\.(Files|FileSystems?)"
                                                            + "|java\\.io\\.(File|RandomAccessFile"
                                                            + "|File\\w*Stream|FileReader|FileWriter)")));
        }
    },
    /** From the operating system up to the wiring, never backwards and never in circles. */
    STORAGE_LAYERS {
        @Override
        ArchRule rule() {
            return StorageLayers.rule();
        }
    },
    /** A name says what the class is, not that it is one. */
    SAYING_NAMES {
        @Override
        ArchRule rule() {
            return noClasses()
                    .should()
                    .haveNameMatching(
                            ".*[.$](Abstract[A-Z]\\w*|\\w*(Utils?|Helper|Impl|[a-z]Base"
                                    + "|(?<!Transaction)Manager))");
        }
    };

    /** Where classes break this rule; empty if nowhere. */
    public List<String> violations(JavaClasses classes) {
        return rule().allowEmptyShould(true).evaluate(classes).getFailureReport().getDetails();
    }

    abstract ArchRule rule();

    private static DescribedPredicate<JavaClass> not(String... packages) {
        return DescribedPredicate.not(resideInAnyPackage(packages));
    }
}
