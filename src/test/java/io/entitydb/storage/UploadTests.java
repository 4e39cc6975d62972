package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.entitydb.entity.Content;
import io.entitydb.entity.ContentUpload;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDraft;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.InvalidEntityException;
import io.entitydb.entity.RetentionPlan;
import io.entitydb.entity.VersionConflictException;
import io.entitydb.storage.error.StorageBusyException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageReadOnlyException;
import io.entitydb.storage.error.UploadLostException;
import io.entitydb.storage.io.DiskCall;
import io.entitydb.storage.io.Fault;
import io.entitydb.storage.io.SimulatedDisk;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.storage.repair.Repair;
import io.entitydb.storage.repair.StorePlace;
import io.entitydb.storage.repair.Verification;
import io.entitydb.storage.repair.VerificationReport;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Contents that are received piece by piece: all of them, or nothing of them, ever. */
class UploadTests {

    private static final EntityKey KEY = TextStore.key("received");
    private static final int PIECE = SmallStore.PIECE_BYTES;
    private static final StorageOptions OPTIONS = SmallStore.options(Duration.ofHours(1));

    private final SimulatedDisk disk = new SimulatedDisk(7);
    private TextStore store = TextStore.open(disk, OPTIONS);

    @AfterEach
    void close() {
        store.close();
    }

    private void reopen(StorageOptions options) {
        store.close();
        store = TextStore.open(disk, options);
    }

    private static byte[] random(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);
        return bytes;
    }

    private ContentUpload begun(byte[] bytes) {
        ContentUpload upload = store.engine().upload(KEY);
        SmallStore.write(upload, bytes, 0, bytes.length);
        return upload;
    }

    private long save(EntityKey key, Content content) {
        Transaction transaction = store.engine().begin("sender");
        transaction.save(key, EntityDraft.of(Set.of(), content));
        return transaction.commit();
    }

    private Entity latest() {
        return store.engine().snapshot().latest(KEY).orElseThrow();
    }

    private boolean isAnywhere(byte[] bytes) {
        String wanted = new String(bytes, 0, 40, StandardCharsets.ISO_8859_1);
        return disk.list().stream()
                .map(file -> new String(disk.contents(file), StandardCharsets.ISO_8859_1))
                .anyMatch(text -> text.contains(wanted));
    }

    private VerificationReport verify() {
        return new Verification(new StorePlace(disk, StoreFiles.DATA))
                .run((activity, done, total) -> {});
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 5000, 90_000})
    void whatIsSavedIsWhatWasReceived(int length) {
        byte[] bytes = random(length);

        try (ContentUpload upload = store.engine().upload(KEY)) {
            SmallStore.write(upload, bytes, 0, length / 2);
            store.save("meanwhile", "text");
            store.engine().checkpoint();
            SmallStore.write(upload, bytes, length / 2, length);
            assertThat(upload.length()).isEqualTo(length);
            Content content = upload.finish("image/x-raw");
            assertThat(content.digest()).isEqualTo(Digest.sha256(bytes));
            assertThat(content.bytes()).isEqualTo(bytes);
            assertThat(store.engine().snapshot().latest(KEY)).isEmpty();
            save(KEY, content);
        }

        for (int round = 0; round < 2; round++) {
            assertThat(latest().content().mediaType()).isEqualTo("image/x-raw");
            assertThat(latest().content().length()).isEqualTo(length);
            assertThat(latest().content().bytes()).isEqualTo(bytes);
            reopen(OPTIONS);
        }
        store.close();
        assertThat(verify().findings()).isEmpty();
    }

    @Test
    void whatIsGivenUpIsNoFindingAndGoesWithTheNextCompaction() {
        byte[] bytes = random(50_000);
        store.save("kept", "kept text");
        begun(bytes).close();
        store.save("later", "text");
        reopen(OPTIONS);
        assertThat(store.engine().snapshot().latest(KEY)).isEmpty();
        assertThat(store.engine().snapshot().sequence()).isEqualTo(2);
        store.close();
        assertThat(isAnywhere(bytes)).isTrue();
        assertThat(verify().findings()).isEmpty();
        long before = disk.contents(StoreFiles.DATA).length;

        Repair.Result result =
                new Repair(disk, List.of(), new Repair.Options(SmallStore.GROWTH_BYTES, "operator"))
                        .run(false, (activity, done, total) -> {});
        disk.delete(result.aside());

        assertThat(isAnywhere(bytes)).isFalse();
        assertThat(disk.contents(StoreFiles.DATA).length).isLessThan((int) before - 30_000);
        store = TextStore.open(disk, OPTIONS);
        assertThat(store.text("kept")).isEqualTo("kept text");
    }

    @Test
    void compactionKeepsWhatWasSaved() {
        byte[] bytes = random(10_000);
        try (ContentUpload upload = begun(bytes)) {
            save(KEY, upload.finish("a/b"));
        }
        store.close();

        new Repair(disk, List.of(), new Repair.Options(SmallStore.GROWTH_BYTES, "operator"))
                .run(false, (activity, done, total) -> {});

        store = TextStore.open(disk, OPTIONS);
        assertThat(latest().content().bytes()).isEqualTo(bytes);
    }

    @Test
    void aCompactionOfTheOpenStoreEndsItAndKeepsWhatWasSaved() {
        byte[] saved = random(10_000);
        byte[] going = random(4000);
        try (ContentUpload upload = begun(saved)) {
            save(KEY, upload.finish("a/b"));
        }
        ContentUpload upload = begun(going);
        ContentUpload finished = begun(going);
        Content content = finished.finish("a/b");

        store.engine().compact(RetentionPlan.NONE, (activity, done, total) -> {});

        assertThatThrownBy(() -> SmallStore.write(upload, going, 0, 4000))
                .isInstanceOf(UploadLostException.class);
        assertThatThrownBy(() -> save(KEY, content)).isInstanceOf(UploadLostException.class);
        upload.close();
        finished.close();
        assertThat(latest().content().bytes()).isEqualTo(saved);
        assertThat(isAnywhere(going)).isFalse();
    }

    @Test
    void anErasureDestroysWhatIsBeingReceivedAndWhatWasGivenUp() {
        byte[] givenUp = random(3000);
        byte[] received = random(4000);
        store.save("received", "first text");
        begun(givenUp).close();
        reopen(OPTIONS);
        ContentUpload upload = begun(received);
        Content content = upload.finish("a/b");
        ContentUpload other = store.engine().upload(KEY);
        assertThat(isAnywhere(givenUp)).isTrue();
        assertThat(isAnywhere(received)).isTrue();

        store.engine().erase(KEY, "eraser");

        assertThat(isAnywhere(givenUp)).isFalse();
        assertThat(isAnywhere(received)).isFalse();
        assertThatThrownBy(() -> save(KEY, content)).isInstanceOf(VersionConflictException.class);
        assertThatThrownBy(() -> SmallStore.write(other, random(9000), 0, 9000))
                .isInstanceOf(VersionConflictException.class);
        upload.close();
        other.close();
        assertThat(latest().isErased()).isTrue();
        store.close();
        assertThat(verify().findings()).isEmpty();
        store = TextStore.open(disk, OPTIONS);
    }

    @Test
    void aDraftMadeBeforeAnErasureOfAnErasedEntityIsInConflict() {
        store.save("received", "first text");
        store.engine().erase(KEY, "eraser");
        try (ContentUpload upload = begun(random(4000))) {
            Transaction transaction = store.engine().begin("sender");
            transaction.save(KEY, EntityDraft.of(Set.of(), upload.finish("a/b")));
            store.engine().erase(KEY, "eraser");

            assertThatThrownBy(transaction::commit).isInstanceOf(VersionConflictException.class);
        }
        assertThat(isAnywhere(random(4000))).isFalse();
    }

    @Test
    void aNewLifeKeepsItsContentWhenTheOldOneIsErasedAgain() {
        byte[] bytes = random(4000);
        store.save("received", "first text");
        store.engine().erase(KEY, "eraser");
        try (ContentUpload upload = begun(bytes)) {
            save(KEY, upload.finish("a/b"));
        }
        store.close();
        // The ledger of a file that is made anew has nothing done, so that all is erased again.
        new Repair(disk, List.of(), new Repair.Options(SmallStore.GROWTH_BYTES, "operator"))
                .run(false, (activity, done, total) -> {});

        store = TextStore.open(disk, OPTIONS);

        assertThat(latest().content().bytes()).isEqualTo(bytes);
    }

    @Test
    void anEarlierContentIsReferredToAndNotWrittenAgain() {
        byte[] bytes = random(50_000);
        try (ContentUpload upload = begun(bytes)) {
            save(KEY, upload.finish("a/b"));
        }
        Content first = latest().content();
        store.save("received", "other text");
        long before = store.engine().status().tailBytes();

        save(KEY, first);

        assertThat(store.engine().status().tailBytes() - before).isLessThan(2000);
        assertThat(latest().content().bytes()).isEqualTo(bytes);
        store.engine().erase(KEY, "eraser");
        assertThatThrownBy(() -> save(KEY, first)).hasMessageContaining("erased");
    }

    @Test
    void anotherEntityGetsACopy() {
        byte[] bytes = random(4000);
        try (ContentUpload upload = begun(bytes)) {
            save(TextStore.key("other"), upload.finish("a/b"));
        }
        store.engine().erase(TextStore.key("other"), "eraser");
        store.save("received", "text");
        assertThat(store.text("received")).isEqualTo("text");
    }

    @Test
    void onlySoManyAreUnderWay() {
        List<ContentUpload> most =
                java.util.stream.IntStream.range(0, OPTIONS.uploads().most())
                        .mapToObj(i -> store.engine().upload(KEY))
                        .toList();

        assertThatThrownBy(() -> store.engine().upload(KEY))
                .isInstanceOf(StorageBusyException.class);

        most.getFirst().close();
        store.engine().upload(KEY).close();
    }

    @Test
    void whatHasEndedTakesNothing() {
        ContentUpload upload = begun(random(10));
        Content content = upload.finish("a/b");

        assertThatThrownBy(() -> upload.write(new byte[1], 0, 1))
                .isInstanceOf(IllegalStateException.class);
        assertThat(content.bytes()).isEqualTo(random(10));
        ContentUpload closed = begun(random(4000));
        Content gone = closed.finish("a/b");
        closed.close();
        assertThatThrownBy(() -> save(KEY, gone)).isInstanceOf(UploadLostException.class);
    }

    @Test
    void mediaTypeIsChecked() {
        try (ContentUpload upload = begun(random(4000))) {
            assertThatThrownBy(() -> upload.finish("")).isInstanceOf(InvalidEntityException.class);
        }
    }

    @Test
    void closingTheStoreEndsIt() {
        ContentUpload upload = begun(random(4000));

        store.close();

        assertThatThrownBy(() -> SmallStore.write(upload, random(4000), 0, 4000))
                .isInstanceOf(StorageClosedException.class);
        upload.close();
        assertThat(verify().findings()).isEmpty();
        store = TextStore.open(disk, OPTIONS);
        assertThat(store.engine().snapshot().latest(KEY)).isEmpty();
    }

    @Test
    void piecesOfAStoreThatWasOpenedAgainAreNotReferredTo() {
        reopen(
                OPTIONS.toBuilder()
                        .reopenings(3)
                        .reopenDelay(Duration.ofMillis(1))
                        .uploads(new UploadOptions(4, PIECE))
                        .build());
        ContentUpload upload = begun(random(4000));
        Content content = upload.finish("a/b");
        ContentUpload going = begun(random(5000));
        disk.control().inject(Fault.of(DiskCall.FORCE, Fault.Effect.PAGES_DROPPED));
        assertThatThrownBy(() -> store.save("a", "text")).isInstanceOf(StorageException.class);
        await().until(() -> store.state() instanceof StoreState.Ready);

        assertThatThrownBy(() -> save(KEY, content)).isInstanceOf(UploadLostException.class);
        assertThatThrownBy(() -> SmallStore.write(going, random(5000), 0, 5000))
                .isInstanceOfAny(StorageReadOnlyException.class, StorageClosedException.class);
        assertThatThrownBy(() -> going.finish("a/b"))
                .isInstanceOfAny(StorageReadOnlyException.class, StorageClosedException.class);
        assertThat(store.engine().snapshot().latest(KEY)).isEmpty();
        upload.close();
        going.close();
        try (ContentUpload again = begun(random(4000))) {
            save(KEY, again.finish("a/b"));
        }
        assertThat(latest().content().bytes()).isEqualTo(random(4000));
    }

    @Test
    void aFailedWriteOfAPieceIsNoUnknownOutcome() {
        ContentUpload upload = begun(random(100));
        disk.control().inject(Fault.of(DiskCall.WRITE, Fault.Effect.IO_ERROR));

        assertThatThrownBy(() -> SmallStore.write(upload, random(4000), 0, 4000))
                .isInstanceOf(UploadLostException.class);
        upload.close();

        assertThat(store.state()).isInstanceOf(StoreState.ReadOnly.class);
        assertThatThrownBy(() -> store.engine().upload(KEY))
                .isInstanceOf(StorageReadOnlyException.class);
    }

    @Test
    void withoutSpaceItIsRefusedAndGoesOnWhenThereIsSome() {
        reopen(SmallStore.options(Duration.ofMillis(1)));
        ContentUpload upload = begun(random(4000));
        disk.control().capacity(0);

        assertThatThrownBy(() -> SmallStore.write(upload, random(90_000), 0, 90_000))
                .isInstanceOf(StorageFullException.class);
        assertThatThrownBy(() -> upload.finish("a/b")).isInstanceOf(StorageFullException.class);
        assertThatThrownBy(() -> store.engine().upload(KEY))
                .isInstanceOf(StorageFullException.class);
        upload.close();

        disk.control().capacity(Long.MAX_VALUE);
        await().until(() -> store.state() instanceof StoreState.Ready);
        try (ContentUpload again = begun(random(90_000))) {
            save(KEY, again.finish("a/b"));
        }
        assertThat(latest().content().bytes()).isEqualTo(random(90_000));
    }

    @Test
    void headerNeverTellsOfPiecesThatAreNotForced() {
        long forces = disk.control().calls(DiskCall.FORCE);
        try (ContentUpload upload = begun(random(2 * PIECE + 1))) {
            assertThat(disk.control().calls(DiskCall.FORCE)).isEqualTo(forces);
            store.engine().checkpoint();
            SimulatedDisk cut =
                    disk.crashStates(new io.entitydb.storage.io.CrashPlan(0, 1))
                            .findFirst()
                            .orElseThrow();
            try (TextStore left = TextStore.open(cut, OPTIONS)) {
                assertThat(left.state()).isEqualTo(new StoreState.Ready());
            }
            save(KEY, upload.finish("a/b"));
        }
    }

    @Test
    void longContentsAreForcedOnTheirWay() {
        long forces = disk.control().calls(DiskCall.FORCE);
        int forceBytes = 4 * OPTIONS.batchBytes();

        try (ContentUpload upload = begun(random(3 * forceBytes))) {
            assertThat(upload.length()).isEqualTo(3L * forceBytes);
            assertThat(disk.control().calls(DiskCall.FORCE)).isGreaterThanOrEqualTo(forces + 3);
        }
    }
}
