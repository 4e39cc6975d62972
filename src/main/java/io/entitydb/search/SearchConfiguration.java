package io.entitydb.search;

import io.entitydb.entity.StepObserver;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.TagSearch;
import io.entitydb.storage.StorageEngine;

import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.FSDirectory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import java.nio.file.Path;
import java.time.Duration;

@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(SearchProperties.class)
class SearchConfiguration {

    private static final Duration RETRY_DELAY = Duration.ofSeconds(5);

    /** A store that is only read has its index in memory: nothing in its directory may change. */
    @Bean
    DirectorySource searchDirectory(
            @Value("${entitydb.storage.directory:data}") Path data,
            @Value("${entitydb.storage.read-only:false}") boolean isReadOnly) {
        if (isReadOnly) {
            return ByteBuffersDirectory::new;
        }
        return () ->
                new FlushedInMemory(FSDirectory.open(data.resolve(SearchVerification.DIRECTORY)));
    }

    @Bean
    CurrentIndex currentIndex(SearchProperties properties) {
        return new CurrentIndex(properties.queryWait());
    }

    @Bean
    SearchLifecycle searchLifecycle(
            StorageEngine engine,
            DirectorySource directory,
            CurrentIndex current,
            SearchProperties properties) {
        IndexFollower.Timing timing =
                new IndexFollower.Timing(
                        properties.commitInterval(), properties.gatherTime(), RETRY_DELAY);
        engine.giveWayTo(new QueryPrecedence(current, properties.commitWait()));
        return new SearchLifecycle(new IndexFollower(engine, directory, current, timing));
    }

    @Bean
    QueryTimes queryTimes(ObjectProvider<StepObserver> steps) {
        return new QueryTimes(steps.getIfAvailable(() -> StepObserver.NONE));
    }

    @Bean
    EntitySearch entitySearch(StorageEngine engine, CurrentIndex current, QueryTimes times) {
        EntitySearch search = new LuceneEntitySearch(engine, current);
        return (query, page) ->
                times.measured(QueryKind.ENTITIES, () -> search.search(query, page));
    }

    @Bean
    TagSearch tagSearch(StorageEngine engine, CurrentIndex current, QueryTimes times) {
        return new MeasuredTagSearch(new LuceneTagSearch(engine, current), times);
    }

    @Bean
    SearchMonitor searchMonitor(StorageEngine engine, CurrentIndex current, QueryTimes times) {
        return new IndexMonitor(engine, current, times);
    }
}
