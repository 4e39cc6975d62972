package io.entitydb.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.EntityDbApplication;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringApplication;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.StandardEnvironment;
import org.springframework.core.env.SystemEnvironmentPropertySource;

import java.util.Map;

class UnknownSettingsTests {

    private static final KnownSettings KNOWN = KnownSettings.read();

    private static void require(String name) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new MapPropertySource("given", Map.of(name, "x")));
        UnknownSettings.require(environment, KNOWN);
    }

    private static void requireVariable(String name) {
        StandardEnvironment environment = new StandardEnvironment();
        environment
                .getPropertySources()
                .addFirst(new SystemEnvironmentPropertySource("variables", Map.of(name, "x")));
        UnknownSettings.require(environment, KNOWN);
    }

    @Test
    void everySettingIsKnownUnderItsNameAndItsVariable() {
        assertThat(KNOWN.all()).hasSizeGreaterThan(40);
        for (KnownSettings.Setting setting : KNOWN.all()) {
            String variable = setting.name().toUpperCase(java.util.Locale.ROOT).replace('.', '_');
            assertThatCode(() -> require(setting.name())).doesNotThrowAnyException();
            assertThatCode(() -> requireVariable(variable.replace("-", "")))
                    .doesNotThrowAnyException();
            assertThatCode(() -> requireVariable(variable.replace('-', '_')))
                    .doesNotThrowAnyException();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entitydb.storage.maxFileSize",
                "entitydb.storage.max_file_size",
                "entitydb.security.anonymous-endpoints[0]",
                "spring.nonsense",
                "entitydbx.storage",
            })
    void otherWaysOfWritingPass(String name) {
        assertThatCode(() -> require(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @CsvSource({
        "entitydb.storage.directry, entitydb.storage.directory",
        "entitydb.storge.directory, entitydb.storage.directory",
        "entitydb.directory, ''",
        "entitydb.web.maxbody1, entitydb.web.max-body",
        "entitydb.something.else.entirely, ''",
    })
    void whatIsUnknownIsRefusedWithTheNearestName(String name, String nearest) {
        assertThatThrownBy(() -> require(name))
                .isInstanceOf(UnknownSettingException.class)
                .hasMessageContaining(name + " (given)")
                .hasMessageContaining(nearest.isEmpty() ? name : "did you mean " + nearest + "?");
    }

    @Test
    void variablesCountIfTheyBeginLikeSettings() {
        assertThatThrownBy(() -> requireVariable("ENTITYDB_STORAGE_DIRECTRY"))
                .hasMessageContaining("ENTITYDB_STORAGE_DIRECTRY (variables)")
                .hasMessageContaining("did you mean entitydb.storage.directory?");
        assertThatCode(() -> requireVariable("ENTITYDB_SECURITY_ANONYMOUSENDPOINTS_0"))
                .doesNotThrowAnyException();
        assertThatCode(() -> requireVariable("ENTITYDB_SERVICE_HOST")).doesNotThrowAnyException();
        assertThatCode(() -> requireVariable("ENTITYDB_TOKEN")).doesNotThrowAnyException();
    }

    @Test
    void theServiceDoesNotStart() {
        assertThatThrownBy(
                        () ->
                                SpringApplication.run(
                                        EntityDbApplication.class, "--entitydb.web.maxbdy=1MB"))
                .isInstanceOf(UnknownSettingException.class)
                .hasMessageContaining("did you mean entitydb.web.max-body?");
    }

    @ParameterizedTest
    @CsvSource({"a, a, 0", "a, b, 1", "ab, b, 1", "kitten, sitting, 3", "'', abc, 3"})
    void changesAreCounted(String one, String other, int changes) {
        assertThat(KnownSettings.changes(one, other)).isEqualTo(changes);
        assertThat(KnownSettings.changes(other, one)).isEqualTo(changes);
    }
}
