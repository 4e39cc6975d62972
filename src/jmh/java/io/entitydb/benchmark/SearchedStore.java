package io.entitydb.benchmark;

import io.entitydb.entity.Entity;
import io.entitydb.entity.Tag;
import io.entitydb.query.Condition;
import io.entitydb.query.EntityQuery;
import io.entitydb.query.EntitySearch;
import io.entitydb.query.PageRequest;
import io.entitydb.search.SearchMonitor;
import io.entitydb.search.SearchState;
import io.entitydb.search.SearchStatus;
import io.entitydb.storage.StorageEngine;

import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** EntityDB with the search index that follows its log, wired as in the service. */
final class SearchedStore extends EntityDbStore {

    private final Path directory;
    private @Nullable Open open;

    SearchedStore(Path directory) {
        super(directory);
        this.directory = directory;
    }

    private record Open(
            AnnotationConfigApplicationContext context,
            EntitySearch search,
            SearchMonitor monitor) {}

    @Override
    public void open() {
        super.open();
        AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
        context.getEnvironment()
                .getPropertySources()
                .addFirst(
                        new MapPropertySource(
                                "benchmark",
                                Map.of("entitydb.storage.directory", directory.toString())));
        context.registerBean(
                StorageEngine.class, this::engine, bean -> bean.setDestroyMethodName(""));
        context.scan("io.entitydb.search");
        context.refresh();
        open =
                new Open(
                        context,
                        context.getBean(EntitySearch.class),
                        context.getBean(SearchMonitor.class));
    }

    private Open opened() {
        return Objects.requireNonNull(open);
    }

    @Override
    public List<Found> page(String tag, int limit) {
        EntityQuery query =
                new EntityQuery(
                        DATASET,
                        new Condition.HasTag(Tag.parse(tag)),
                        EntityQuery.States.ACTIVE,
                        List.of());
        List<Found> found = new ArrayList<>(limit);
        PageRequest page = new PageRequest(limit, null, false);
        for (Entity entity : opened().search().search(query, page).items()) {
            found.add(Objects.requireNonNull(found(entity)));
        }
        return found;
    }

    /** Waits until the index has reached the newest transaction. */
    @Override
    public void settle() {
        long newest = engine().snapshot().sequence();
        SearchStatus status = status();
        while (!(status.state() instanceof SearchState.Ready)
                || status.indexedSequence() < newest) {
            Waiting.aMoment();
            status = status();
        }
    }

    SearchStatus status() {
        return opened().monitor().status();
    }

    @Override
    public void close() {
        opened().context().close();
        super.close();
    }
}
