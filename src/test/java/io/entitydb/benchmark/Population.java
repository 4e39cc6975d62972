package io.entitydb.benchmark;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** The entities of one store, and what clients do with them. */
final class Population {

    private static final int LOADED_AT_ONCE = 1000;

    private final Store store;
    private final int loaded;
    private final AtomicLong next;

    /** A population of a store that holds, or is going to hold, the first so many entities. */
    Population(Store store, int loaded) {
        this.store = store;
        this.loaded = loaded;
        this.next = new AtomicLong(loaded);
    }

    Store store() {
        return store;
    }

    /** How many entities there were before anything was measured. */
    int loaded() {
        return loaded;
    }

    /** Writes the first version of every entity. */
    void load() {
        round(new Workload(0));
    }

    /**
     * Writes a version of every entity.
     *
     * @return the point of the past right after it
     */
    long round(Workload workload) {
        long point = 0;
        for (long n = 0; n < loaded; n += LOADED_AT_ONCE) {
            point = store.commit(workload.writes(n, Math.min(loaded, n + LOADED_AT_ONCE)));
        }
        return point;
    }

    /** Reads entities as they were at one of some points of the past, all equally often. */
    Trial.Step readingAt(List<Long> points) {
        return (client, workload) -> {
            String id = Workload.id(workload.below(loaded));
            require(store.readAt(id, points.get(workload.below(points.size()))), id);
            return 1;
        };
    }

    /** Commits one version; one half of all are new entities. */
    Trial.Step writing(int clients) {
        return (client, workload) -> {
            store.commit(List.of(write(client, clients, workload)));
            return 1;
        };
    }

    /** Commits one version of an entity that is there: how many there are stays. */
    Trial.Step updating(int clients) {
        return (client, workload) -> {
            String id = own(client, clients, workload.below(Math.max(1, loaded / clients)));
            store.commit(List.of(workload.write(id)));
            return 1;
        };
    }

    /** Commits many versions at once; tells how many. */
    Trial.Step writingMany(int clients, int versions) {
        return (client, workload) -> {
            Write[] writes = new Write[versions];
            long number = workload.below(Math.max(1, loaded / clients));
            for (int i = 0; i < versions; i++) {
                writes[i] =
                        i % 2 == 0
                                ? workload.write(Workload.id(next.getAndIncrement()))
                                : workload.write(own(client, clients, number + i));
            }
            store.commit(List.of(writes));
            return versions;
        };
    }

    /** Reads current versions, all equally often. */
    Trial.Step reading() {
        return (client, workload) -> read(workload.below(loaded));
    }

    /** Reads current versions, some much more often than others. */
    Trial.Step readingFavourites(Zipf zipf) {
        return (client, workload) -> read(zipf.next(workload.fraction()));
    }

    /** Reads a page of 50 entities of one owner. */
    Trial.Step paging() {
        return (client, workload) -> {
            String owner = workload.owner();
            for (Found found : store.page(owner, 50)) {
                require(found, owner);
            }
            return 1;
        };
    }

    private int read(int n) {
        require(store.read(Workload.id(n)), Workload.id(n));
        return 1;
    }

    /** That it is there and whole. */
    static void require(@Nullable Found found, String what) {
        if (Objects.requireNonNull(found, what).length() != Workload.CONTENT_BYTES) {
            throw new IllegalStateException(what + " has " + found.length() + " bytes");
        }
    }

    private Write write(int client, int clients, Workload workload) {
        return workload.coin()
                ? workload.write(Workload.id(next.getAndIncrement()))
                : workload.write(
                        own(client, clients, workload.below(Math.max(1, loaded / clients))));
    }

    /** Clients update entities of their own, so that none waits for a conflict. */
    private String own(int client, int clients, long number) {
        long share = Math.max(1, loaded / clients);
        return Workload.id(number % share * clients + client);
    }
}
