package io.entitydb;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;

import io.entitydb.structure.ArchitectureRule;
import io.entitydb.structure.PlantedSource;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.nio.file.Path;
import java.util.stream.Stream;

/** The classes keep to the layers inside the modules, and each rule finds what was planted. */
class ArchitectureTests {

    private static final JavaClasses CLASSES =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackagesOf(EntityDbApplication.class);

    @TempDir Path directory;

    @ParameterizedTest
    @EnumSource
    void codeObeys(ArchitectureRule rule) {
        assertThat(rule.violations(CLASSES)).isEmpty();
    }

    @Test
    void allModulesAreRead() {
        assertThat(CLASSES.size()).isGreaterThan(50);
        assertThat(CLASSES.containPackage("io.entitydb.storage.io")).isTrue();
    }

    @ParameterizedTest
    @MethodSource
    void finds(ArchitectureRule rule, String type, String members) {
        assertThat(rule.violations(PlantedSource.compile(directory, type, members))).isNotEmpty();
    }

    static Stream<Arguments> finds() {
        return Stream.of(
                planted(
                        ArchitectureRule.PURE_CORE,
                        "entity.Planted",
                        "org.springframework.core.env.Environment field;"),
                planted(
                        ArchitectureRule.PURE_CORE,
                        "storage.log.Planted",
                        "Object a() { return new tools.jackson.databind.ObjectMapper(); }"),
                planted(
                        ArchitectureRule.PURE_CORE,
                        "query.Planted",
                        "jakarta.servlet.http.HttpServletRequest field;"),
                planted(
                        ArchitectureRule.CLIENT_STANDS_ALONE,
                        "client.Planted",
                        "io.entitydb.web.problem.ProblemType field;"),
                planted(
                        ArchitectureRule.CLIENT_STANDS_ALONE,
                        "client.Planted",
                        "org.springframework.boot.SpringApplication field;"),
                planted(
                        ArchitectureRule.ONE_DOOR_TO_FILES,
                        "storage.log.Planted",
                        "boolean a() { return"
                                + " java.nio.file.Files.exists(java.nio.file.Path.of(\"a\")); }"),
                planted(
                        ArchitectureRule.ONE_DOOR_TO_FILES,
                        "web.Planted",
                        "java.nio.channels.FileChannel field;"),
                planted(
                        ArchitectureRule.ONE_DOOR_TO_FILES,
                        "observability.Planted",
                        "Object a() { return new java.io.File(\"a\"); }"),
                planted(
                        ArchitectureRule.STORAGE_LAYERS,
                        "storage.io.Planted",
                        "io.entitydb.storage.header.Header field;"),
                planted(
                        ArchitectureRule.STORAGE_LAYERS,
                        "storage.log.Planted",
                        "io.entitydb.storage.StorageEngine field;"),
                planted(ArchitectureRule.SAYING_NAMES, "entity.EntityUtils", ""),
                planted(ArchitectureRule.SAYING_NAMES, "storage.CacheManager", ""),
                planted(ArchitectureRule.SAYING_NAMES, "web.Outer", "static class DateHelper {}"),
                planted(ArchitectureRule.SAYING_NAMES, "web.StoreImpl", ""),
                planted(ArchitectureRule.SAYING_NAMES, "web.AbstractStore", ""),
                planted(ArchitectureRule.SAYING_NAMES, "web.ControllerBase", ""));
    }

    @ParameterizedTest
    @EnumSource
    void everyRuleHasSomethingPlanted(ArchitectureRule rule) {
        assertThat(finds()).anyMatch(arguments -> arguments.get()[0] == rule);
    }

    @ParameterizedTest
    @MethodSource
    void leavesAlone(ArchitectureRule rule, String type, String members) {
        assertThat(rule.violations(PlantedSource.compile(directory, type, members))).isEmpty();
    }

    static Stream<Arguments> leavesAlone() {
        return Stream.of(
                planted(
                        ArchitectureRule.PURE_CORE,
                        "storage.config.Planted",
                        "org.springframework.core.env.Environment field;"),
                planted(
                        ArchitectureRule.PURE_CORE,
                        "entity.Planted",
                        "int[] a; java.util.List<String[]> b; io.entitydb.temporal.Timestamp c;"),
                planted(
                        ArchitectureRule.ONE_DOOR_TO_FILES,
                        "storage.io.Planted",
                        "java.nio.channels.FileChannel field;"),
                planted(
                        ArchitectureRule.ONE_DOOR_TO_FILES,
                        "storage.Planted",
                        "java.nio.file.Path field;"),
                planted(
                        ArchitectureRule.STORAGE_LAYERS,
                        "storage.recovery.Planted",
                        "io.entitydb.storage.header.Header field;"),
                planted(ArchitectureRule.SAYING_NAMES, "transaction.StoreTransactionManager", ""),
                planted(ArchitectureRule.SAYING_NAMES, "storage.Database", ""));
    }

    private static Arguments planted(ArchitectureRule rule, String type, String members) {
        return Arguments.of(rule, "io.entitydb." + type, members);
    }
}
