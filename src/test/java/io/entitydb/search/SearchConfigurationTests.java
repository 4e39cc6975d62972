package io.entitydb.search;

import static io.entitydb.search.SearchFixture.everything;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.entitydb.query.EntitySearch;
import io.entitydb.storage.StorageEngine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

class SearchConfigurationTests {

    @TempDir Path data;

    private final MemoryEngine engine = new MemoryEngine();

    private ApplicationContextRunner service() {
        return new ApplicationContextRunner()
                .withBean(StorageEngine.class, () -> engine, bean -> bean.setDestroyMethodName(""))
                .withUserConfiguration(SearchConfiguration.class)
                .withPropertyValues("entitydb.storage.directory=" + data);
    }

    @Test
    void answersFromAnIndexInTheDataDirectoryAndGoesOnWithIt() {
        engine.commit(put("a"));

        service()
                .run(
                        context ->
                                assertThat(answer(context.getBean(EntitySearch.class)))
                                        .containsExactly("a"));
        service()
                .run(
                        context -> {
                            assertThat(answer(context.getBean(EntitySearch.class)))
                                    .containsExactly("a");
                            await().until(
                                            context.getBean(SearchMonitor.class)::status,
                                            new SearchStatus(new SearchState.Ready(), 1, 0, 1)
                                                    ::equals);
                        });

        assertThat(data.resolve("query")).isDirectoryContaining("glob:**/segments_*");
        assertThat(engine.followed().getLast()).isEqualTo(1);
    }

    @Test
    void touchesNoDirectoryOfAStoreThatIsOnlyRead() {
        engine.commit(put("a"));

        service()
                .withPropertyValues("entitydb.storage.read-only=true")
                .run(
                        context ->
                                assertThat(answer(context.getBean(EntitySearch.class)))
                                        .containsExactly("a"));

        assertThat(data).isEmptyDirectory();
    }

    @Test
    void startsAndStopsWhileTheStoreIsClosed() {
        engine.close();

        service()
                .run(
                        context -> {
                            assertThat(context).hasNotFailed();
                            assertThat(context.getBean(SearchMonitor.class).status().state())
                                    .isEqualTo(new SearchState.Waiting());
                        });

        assertThat(data).isEmptyDirectory();
    }

    @Test
    void hasDefaults() {
        service()
                .run(
                        context ->
                                assertThat(context.getBean(SearchProperties.class))
                                        .isEqualTo(
                                                new SearchProperties(
                                                        Duration.ofSeconds(10),
                                                        Duration.ofSeconds(2),
                                                        Duration.ofMillis(25),
                                                        Duration.ofSeconds(30))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "entitydb.search.commit-interval=0s",
                "entitydb.search.commit-interval=25h",
                "entitydb.search.gather-time=-1ms",
                "entitydb.search.gather-time=3001ms",
                "entitydb.search.commit-wait=-1ms",
                "entitydb.search.commit-wait=1001ms",
                "entitydb.search.query-wait=-1s",
                "entitydb.search.query-wait=soon"
            })
    void refusesTimesThatMakeNoSense(String property) {
        service().withPropertyValues(property).run(context -> assertThat(context).hasFailed());
    }

    private static List<String> answer(EntitySearch search) {
        return SearchFixture.ids(search, everything(), 10);
    }
}
