package io.entitydb.transaction;

import io.entitydb.entity.Content;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.EntityRepository;
import io.entitydb.entity.EntityRepositoryContract;
import io.entitydb.entity.EntityStore;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.Tag;
import io.entitydb.storage.ModelEntityStore;
import io.entitydb.storage.Snapshot;
import io.entitydb.temporal.Timestamp;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * The contract over stores of which each breaks one promise. Not run by the build as they are:
 * {@link EntityRepositoryContractTests} runs them and wants to see them fail.
 */
final class BrokenStores {

    private BrokenStores() {}

    /** The last writer wins. */
    static final class LosesUpdates extends EntityRepositoryContract {
        @Override
        protected EntityStore open() {
            return TransactionalStore.over(
                    new ModelEntityStore(TransactionalStore.tickingClock()) {
                        @Override
                        protected void requireUnchanged(EntityKey key, long number) {
                            // Believes every transaction that it saw the newest version.
                        }
                    });
        }
    }

    /** A tag is timed by the last save. */
    static final class RenewsTagTimes extends EntityRepositoryContract {
        @Override
        protected EntityStore open() {
            return settling(
                    entity -> {
                        SortedMap<Tag, Timestamp> tags = new TreeMap<>(entity.tags());
                        tags.replaceAll((_, _) -> entity.version().at());
                        return with(entity, entity.createdAt(), tags, entity.content());
                    });
        }
    }

    /** A life begins with each save. */
    static final class RenewsCreation extends EntityRepositoryContract {
        @Override
        protected EntityStore open() {
            return settling(
                    entity -> with(entity, entity.version().at(), entity.tags(), entity.content()));
        }
    }

    /** Content ends after 64 KiB. */
    static final class CutsContent extends EntityRepositoryContract {
        @Override
        protected EntityStore open() {
            return settling(
                    entity -> {
                        byte[] bytes = entity.content().bytes();
                        byte[] cut = Arrays.copyOf(bytes, Math.min(bytes.length, 65_536));
                        Content content = Content.of(entity.content().mediaType(), cut);
                        return with(entity, entity.createdAt(), entity.tags(), content);
                    });
        }
    }

    /** A transaction reads what is newest at each call. */
    static final class MovesSnapshots extends EntityRepositoryContract {
        @Override
        protected EntityStore open() {
            return TransactionalStore.over(
                    new ModelEntityStore(TransactionalStore.tickingClock()) {
                        @Override
                        public synchronized Snapshot snapshot() {
                            return new MovingSnapshot(super::snapshot);
                        }
                    });
        }
    }

    /** What a transaction relied on is not looked at when it commits. */
    static final class IgnoresExpectations extends EntityRepositoryContract {
        @Override
        protected EntityStore open() {
            return TransactionalStore.over(
                    new ModelEntityStore(TransactionalStore.tickingClock()) {
                        @Override
                        protected void requireRelied(EntityKey key, long number) {
                            // Believes that nothing changed since the transaction looked.
                        }
                    });
        }
    }

    /** Each call is a transaction of its own. */
    static final class CommitsEachCall extends EntityRepositoryContract {
        @Override
        protected EntityStore open() {
            return new FlawedStore() {
                @Override
                public <T> T fromTransaction(Supplier<T> work) {
                    return work.get();
                }
            };
        }
    }

    /** A restart begins with an empty store. */
    static final class ForgetsAtRestart extends EntityRepositoryContract {
        @Override
        protected EntityStore open() {
            return new FlawedStore() {
                @Override
                public void restart() {
                    sound = TransactionalStore.inMemory();
                }
            };
        }
    }

    private static EntityStore settling(UnaryOperator<Entity> flaw) {
        return TransactionalStore.over(
                new ModelEntityStore(TransactionalStore.tickingClock()) {
                    @Override
                    protected Entity settle(Entity pending, long sequence, Timestamp at) {
                        return flaw.apply(super.settle(pending, sequence, at));
                    }
                });
    }

    private static Entity with(
            Entity entity, Timestamp createdAt, SortedMap<Tag, Timestamp> tags, Content content) {
        return new Entity(
                entity.key(), entity.version(), createdAt, entity.createdBy(), tags, content);
    }

    /** A sound store, for a subclass to spoil. */
    private abstract static class FlawedStore implements EntityStore {

        TransactionalStore sound = TransactionalStore.inMemory();

        @Override
        public EntityRepository repository() {
            return sound.repository();
        }

        @Override
        public String principal() {
            return sound.principal();
        }

        @Override
        public <T> T fromTransaction(Supplier<T> work) {
            return sound.fromTransaction(work);
        }

        @Override
        public void restart() {
            sound.restart();
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    private record MovingSnapshot(Supplier<Snapshot> newest) implements Snapshot {

        @Override
        public long sequence() {
            return newest.get().sequence();
        }

        @Override
        public Optional<Entity> latest(EntityKey key) {
            return newest.get().latest(key);
        }

        @Override
        public Optional<Entity> version(EntityKey key, long number) {
            return newest.get().version(key, number);
        }

        @Override
        public Optional<Entity> asOf(EntityKey key, Timestamp instant) {
            return newest.get().asOf(key, instant);
        }

        @Override
        public List<Entity> history(EntityKey key, HistoryRange range) {
            return newest.get().history(key, range);
        }
    }
}
