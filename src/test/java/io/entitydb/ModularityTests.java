package io.entitydb;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.structure.ModuleTable;

import org.junit.jupiter.api.Test;
import org.springframework.modulith.ApplicationModule;
import org.springframework.modulith.core.ApplicationModules;

import java.util.List;
import java.util.stream.Stream;

/** The modules are those of the architecture, and use each other as it allows. */
class ModularityTests {

    private static final ApplicationModules MODULES =
            ApplicationModules.of(EntityDbApplication.class);

    @Test
    void modulesUseOnlyWhatTheyDeclare() {
        MODULES.verify();
    }

    @Test
    void modulesDeclareOnlyWhatTheArchitectureAllows() {
        assertThat(MODULES.stream().flatMap(ModularityTests::violations)).isEmpty();
    }

    @Test
    void modulesAreFound() {
        assertThat(MODULES.stream())
                .extracting(module -> module.getIdentifier().toString())
                .contains("entity", "query", "storage", "temporal");
    }

    @Test
    void undeclaredModulesAndArrowsAreFound() {
        assertThat(ModuleTable.violations("entity", List.of("temporal"))).isEmpty();
        assertThat(ModuleTable.violations("web", List.of("storage::error"))).isEmpty();
        assertThat(ModuleTable.violations("entity", List.of("storage", "temporal")))
                .containsExactly("entity -> storage");
        assertThat(ModuleTable.violations("web", List.of("storage")))
                .containsExactly("web -> storage");
        assertThat(ModuleTable.violations("misc", List.of()))
                .containsExactly("misc is not a module");
        assertThat(ModuleTable.violations("web", List.of(ApplicationModule.OPEN_TOKEN))).hasSize(1);
    }

    /** A module that declares nothing is open to all, which shows as an arrow of its own. */
    private static Stream<String> violations(
            org.springframework.modulith.core.ApplicationModule module) {
        List<String> declared =
                module.getBasePackage()
                        .findAnnotation(ApplicationModule.class)
                        .map(annotation -> List.of(annotation.allowedDependencies()))
                        .orElse(List.of(ApplicationModule.OPEN_TOKEN));
        return ModuleTable.violations(module.getIdentifier().toString(), declared);
    }
}
