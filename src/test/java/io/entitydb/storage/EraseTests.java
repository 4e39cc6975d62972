package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Commit;
import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Erasure;
import io.entitydb.entity.HistoryRange;
import io.entitydb.entity.LogEntry;
import io.entitydb.entity.NotFoundException;
import io.entitydb.entity.Tag;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.OutcomeUnknownException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.SimulatedDisk;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/** What an erasure destroys, what it leaves, and who notices. */
class EraseTests {

    private static final Duration NEVER_IDLE = Duration.ofHours(1);
    private static final EntityKey KEY = new EntityKey("default", "e");
    private static final EntityKey OTHER = new EntityKey("default", "other");
    private static final String SECRET = "unmistakable secret";

    private final SimulatedDisk disk = new SimulatedDisk(11);
    private StorageEngine engine = open();

    private StorageEngine open() {
        return open(SmallStore.options(NEVER_IDLE));
    }

    private StorageEngine open(StorageOptions options) {
        StorageEngine opened = StorageEngine.over(disk, options, StorageObserver.NONE);
        opened.open();
        return opened;
    }

    private void reopen() {
        engine.close();
        engine = open();
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private long save(EntityKey key, String text, String... tags) {
        Set<Tag> set = new java.util.HashSet<>();
        for (String tag : tags) {
            set.add(Tag.parse(tag));
        }
        return commit(
                transaction ->
                        transaction.save(
                                key,
                                EntityDraft.of(
                                        set,
                                        Content.of(
                                                "text/plain",
                                                text.getBytes(StandardCharsets.UTF_8)))));
    }

    private long commit(java.util.function.Consumer<Transaction> work) {
        Transaction transaction = engine.begin("tester");
        work.accept(transaction);
        return transaction.commit();
    }

    private Entity latest(EntityKey key) {
        return engine.snapshot().latest(key).orElseThrow();
    }

    private List<Entity> history(EntityKey key) {
        return engine.snapshot().history(key, HistoryRange.oldest(HistoryRange.MAX_LIMIT));
    }

    private static void requireErased(Entity entity) {
        assertThat(entity.isErased()).isTrue();
        assertThat(entity.isDeleted()).isTrue();
        assertThat(entity.tags()).isEmpty();
        assertThat(entity.content()).isEqualTo(Content.EMPTY);
        assertThat(entity.content().bytes()).isEmpty();
    }

    private long living() {
        return engine.status().writer().entityCount();
    }

    /** Several versions with inline, repeated, chunked and no content, and another entity. */
    private void fill() {
        save(OTHER, "stays", "color:green");
        save(KEY, SECRET + " 1", "color:" + SECRET.replace(' ', '-'));
        save(KEY, SECRET + " 1", "color:red");
        save(KEY, SECRET.repeat(80_000), "color:red");
        save(KEY, SECRET.repeat(80_000));
        commit(transaction -> transaction.delete(KEY));
        commit(transaction -> transaction.restore(KEY));
        save(OTHER, "stays too");
    }

    @Test
    void everyVersionIsErasedAndTheOtherEntityIsNot() {
        fill();
        List<Entity> before = history(KEY);
        List<Entity> others = history(OTHER);

        ErasedEntity erased = engine.erase(KEY, "eraser");

        assertThat(erased).isEqualTo(new ErasedEntity(6, 6, 8));
        for (int round = 0; round < 2; round++) {
            List<Entity> after = history(KEY);
            assertThat(after).hasSize(6).allSatisfy(EraseTests::requireErased);
            for (int i = 0; i < before.size(); i++) {
                assertThat(after.get(i).version().number()).isEqualTo(i + 1L);
                assertThat(after.get(i).version().transaction())
                        .isEqualTo(before.get(i).version().transaction());
                assertThat(after.get(i).version().at()).isEqualTo(before.get(i).version().at());
                assertThat(after.get(i).version().kind()).isEqualTo(ChangeKind.ERASED);
                assertThat(after.get(i).createdAt()).isEqualTo(before.get(i).createdAt());
                requireErased(
                        engine.snapshotAt(before.get(i).version().transaction())
                                .latest(KEY)
                                .orElseThrow());
                requireErased(
                        engine.snapshotAt(before.get(i).version().at()).latest(KEY).orElseThrow());
            }
            assertThat(history(OTHER)).isEqualTo(others);
            assertThat(latest(OTHER).content().bytes())
                    .isEqualTo("stays too".getBytes(StandardCharsets.UTF_8));
            assertThat(living()).isEqualTo(1);
            reopen();
        }
    }

    @Test
    void nothingOfItIsLeftInAnyFile() {
        fill();
        byte[] before = disk.contents("entities.edb");
        byte[] salt = java.util.Arrays.copyOfRange(before, saltOf(before), saltOf(before) + 16);
        assertThat(found(salt)).isNotEmpty();
        assertThat(found(SECRET)).isNotEmpty();
        assertThat(found(SECRET.replace(' ', '-'))).isNotEmpty();

        engine.erase(KEY, "eraser");

        for (int round = 0; round < 2; round++) {
            assertThat(found(SECRET)).isEmpty();
            assertThat(found(SECRET.replace(' ', '-'))).isEmpty();
            assertThat(found(salt)).isEmpty();
            assertThat(found(Digest.sha256(SECRET.getBytes(StandardCharsets.UTF_8)).bytes()))
                    .isEmpty();
            assertThat(found("stays too")).isNotEmpty();
            reopen();
        }
    }

    /** The salt of the first version of the entity: its tag's text leads to its record. */
    private static int saltOf(byte[] file) {
        String hex = HexFormat.of().formatHex(file);
        String name =
                HexFormat.of().formatHex("\u0001e\u0006tester".getBytes(StandardCharsets.UTF_8));
        int body = hex.indexOf(name) / 2 - 1;
        return body - 152 + 96;
    }

    private List<String> found(String text) {
        return found(text.getBytes(StandardCharsets.UTF_8));
    }

    private List<String> found(byte[] bytes) {
        String wanted = HexFormat.of().formatHex(bytes);
        return disk.list().stream()
                .filter(file -> HexFormat.of().formatHex(disk.contents(file)).contains(wanted))
                .toList();
    }

    /** A tombstone is so short that its padding decides what an erased one has room for. */
    @Test
    void tombstonesOfAllLengthsAreRead() throws InterruptedException {
        for (int length = 1; length <= 16; length++) {
            EntityKey key = new EntityKey("default", "k".repeat(length));
            save(key, SECRET);
            commit(transaction -> transaction.delete(key));
            engine.erase(key, "eraser");

            assertThat(history(key)).hasSize(2).allSatisfy(EraseTests::requireErased);
        }
        assertThat(digests()).hasSize(32);
    }

    @Test
    void digestsOfHistoryStayAndTheLogTellsTheErasure() throws InterruptedException {
        fill();
        List<Digest> digests = digests();

        engine.erase(KEY, "eraser");
        save(OTHER, "afterwards");

        assertThat(digests().subList(0, digests.size())).isEqualTo(digests);
        LogFollower log = engine.follow(8);
        requireErasure(log.next(Duration.ZERO), 8, 6);
        assertThat(log.next(Duration.ZERO))
                .isInstanceOf(Commit.class)
                .extracting(LogEntry::sequence)
                .isEqualTo(9L);
        assertThat(log.next(Duration.ZERO)).isNull();
        assertThat(engine.follow(9).next(Duration.ZERO)).isNull();
    }

    private static void requireErasure(@Nullable LogEntry entry, long sequence, long version) {
        assertThat(entry)
                .isInstanceOfSatisfying(
                        Erasure.class,
                        erasure -> {
                            assertThat(erasure.sequence()).isEqualTo(sequence);
                            assertThat(erasure.key()).isEqualTo(KEY);
                            assertThat(erasure.version()).isEqualTo(version);
                            assertThat(erasure.principal()).isEqualTo("eraser");
                            assertThat(erasure.at().epochNanos()).isPositive();
                        });
    }

    private List<Digest> digests() throws InterruptedException {
        List<Digest> digests = new ArrayList<>();
        LogFollower log = engine.follow(0);
        for (Commit commit = log.nextCommit(Duration.ZERO);
                commit != null;
                commit = log.nextCommit(Duration.ZERO)) {
            digests.add(commit.digest());
        }
        return digests;
    }

    @Test
    void aFollowerThatWaitsIsTold() throws InterruptedException {
        fill();
        LogFollower log = engine.follow(8);

        engine.erase(KEY, "eraser");

        requireErasure(log.next(Duration.ofSeconds(10)), 8, 6);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void livingEntitiesAreCountedRightWhereverTheIndexIsBuiltFrom(boolean hasCheckpoint) {
        fill();
        if (hasCheckpoint) {
            engine.checkpoint();
        }
        assertThat(living()).isEqualTo(2);

        engine.erase(KEY, "eraser");
        assertThat(living()).isEqualTo(1);

        engine.close();
        disk.delete("entities.idx");
        engine = open();
        assertThat(engine.state()).isEqualTo(new StoreState.Ready());
        assertThat(living()).isEqualTo(1);
        save(KEY, "again");
        assertThat(living()).isEqualTo(2);
        commit(transaction -> transaction.delete(KEY));
        engine.erase(KEY, "eraser");
        assertThat(living()).isEqualTo(1);
        reopen();
        assertThat(living()).isEqualTo(1);
    }

    @Test
    void aNewLifeBeginsWithTheNextVersion() {
        fill();
        engine.erase(KEY, "eraser");

        commit(transaction -> assertThat(transaction.create(KEY, draft("new life"))).isEqualTo(7));

        for (int round = 0; round < 2; round++) {
            assertThat(latest(KEY).content().bytes())
                    .isEqualTo("new life".getBytes(StandardCharsets.UTF_8));
            assertThat(latest(KEY).createdAt()).isEqualTo(latest(KEY).version().at());
            requireErased(engine.snapshot().version(KEY, 6).orElseThrow());
            reopen();
        }
        assertThat(engine.erase(KEY, "eraser")).isEqualTo(new ErasedEntity(7, 1, 9));
        requireErased(latest(KEY));
    }

    private static EntityDraft draft(String text) {
        return EntityDraft.of(
                Set.of(), Content.of("text/plain", text.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void whatIsErasedCannotBeRestoredOrDeleted() {
        fill();
        engine.erase(KEY, "eraser");

        assertThatThrownBy(() -> commit(transaction -> transaction.restore(KEY)))
                .isInstanceOf(NotFoundException.class)
                .extracting(e -> ((NotFoundException) e).code())
                .isEqualTo("entity-erased");
        assertThatThrownBy(() -> commit(transaction -> transaction.delete(KEY)))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("is erased");
    }

    @Test
    void aTransactionThatSawTheEntityIsInConflict() {
        fill();
        Transaction update = engine.begin("tester");
        update.save(KEY, draft(SECRET.repeat(80_000)));
        Transaction other = engine.begin("tester");
        other.save(OTHER, draft("unconcerned"));
        Transaction relying = engine.begin("tester");
        relying.expect(KEY, 6);

        engine.erase(KEY, "eraser");

        assertThatThrownBy(update::commit).isInstanceOf(VersionConflictException.class);
        assertThatThrownBy(relying::commit).isInstanceOf(VersionConflictException.class);
        assertThat(other.commit()).isEqualTo(9);
        requireErased(latest(KEY));
    }

    @Test
    void erasingAgainDoesNothingAndAnUnknownEntityIsRefused() {
        fill();
        engine.erase(KEY, "eraser");
        long calls = disk.control().calls();

        assertThat(engine.erase(KEY, "eraser")).isEqualTo(new ErasedEntity(6, 0, 8));
        assertThat(disk.control().calls()).isEqualTo(calls);
        assertThatThrownBy(() -> engine.erase(new EntityKey("default", "none"), "eraser"))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void manyVersionsAreErasedInBatches() throws InterruptedException {
        for (int i = 0; i < 3000; i++) {
            save(KEY, SECRET + i);
        }

        assertThat(engine.erase(KEY, "eraser").versions()).isEqualTo(3000);

        assertThat(found(SECRET)).isEmpty();
        LogFollower log = engine.follow(3000);
        requireErasure(log.next(Duration.ZERO), 3000, 3000);
        assertThat(log.next(Duration.ZERO)).isNull();
        reopen();
        requireErased(engine.snapshot().version(KEY, 1500).orElseThrow());
        assertThat(living()).isZero();
    }

    /** The ledger is not rolled back with the data file. */
    @Test
    void aStoreThatIsPutBackErasesAgainWhatTheLedgerHas() {
        fill();
        engine.close();
        byte[] backup = disk.contents("entities.edb");
        engine = open();
        engine.erase(KEY, "eraser");
        save(KEY, "new life");
        engine.close();

        disk.replace("entities.edb", renamed(backup));
        disk.delete("entities.idx");
        engine = open();

        assertThat(history(KEY)).hasSize(6).allSatisfy(EraseTests::requireErased);
        assertThat(found(SECRET)).isEmpty();
        assertThat(living()).isEqualTo(1);
        save(KEY, "a life after the restore");
        reopen();
        assertThat(latest(KEY).isErased()).isFalse();
    }

    /** A restore gives its file another id; to the engine a ledger without the done entries. */
    private byte[] renamed(byte[] backup) {
        byte[] ledger = disk.contents("erasures.ledger");
        disk.replace("erasures.ledger", java.util.Arrays.copyOf(ledger, ledger.length - 56));
        return backup;
    }

    @Test
    void whatTheLedgerHasIsHiddenWhereNothingMayBeWritten() {
        fill();
        engine.close();
        byte[] backup = disk.contents("entities.edb");
        engine = open();
        engine.erase(KEY, "eraser");
        engine.close();
        disk.replace("entities.edb", renamed(backup));

        engine = open(SmallStore.options(NEVER_IDLE).toBuilder().isReadOnly(true).build());

        assertThat(history(KEY)).hasSize(6).allSatisfy(EraseTests::requireErased);
        assertThat(disk.contents("entities.edb")).isEqualTo(backup);
        assertThatThrownBy(() -> engine.erase(KEY, "eraser"))
                .isInstanceOf(StorageReadOnlyException.class);
    }

    @Test
    void withoutSpaceForTheLedgerNothingIsErased() {
        fill();
        disk.control().inject(Fault.of(DiskCall.CREATE, Fault.Effect.NO_SPACE));

        assertThatThrownBy(() -> engine.erase(KEY, "eraser"))
                .isInstanceOf(StorageFullException.class);

        assertThat(history(KEY)).noneMatch(Entity::isErased);
        save(OTHER, "writes go on");
        assertThat(engine.erase(KEY, "eraser").versions()).isEqualTo(6);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void aFailedForcePoisonsAndOpeningFinishes(int force) {
        fill();
        disk.control().inject(Fault.of(DiskCall.FORCE, Fault.Effect.PAGES_DROPPED).at(force));

        assertThatThrownBy(() -> engine.erase(KEY, "eraser"))
                .isInstanceOf(OutcomeUnknownException.class);

        assertThat(engine.state()).isInstanceOf(StoreState.ReadOnly.class);
        assertThatThrownBy(() -> save(OTHER, "refused"))
                .isInstanceOf(StorageReadOnlyException.class);
        reopen();
        assertThat(engine.state()).isEqualTo(new StoreState.Ready());
        if (force > 2) {
            assertThat(history(KEY)).allSatisfy(EraseTests::requireErased);
        }
        engine.erase(KEY, "eraser");
        assertThat(found(SECRET)).isEmpty();
        save(OTHER, "writes go on");
    }
}
