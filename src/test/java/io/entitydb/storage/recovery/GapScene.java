package io.entitydb.storage.recovery;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.DamagedPlace;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.RecordLayout;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;

/** A store whose transaction 1 is whole and whose transaction 2 is damaged; a test adds more. */
final class GapScene {

    /** In a dataset of its own: its name is a new word. */
    static final EntityKey ELSEWHERE = new EntityKey("elsewhere", "c");

    private final HandmadeStore store = new HandmadeStore();
    private final long gap;
    private List<DamagedPlace> places = List.of();

    GapScene() {
        store.add(HandmadeStore.KEY, 1, 0);
        gap = store.border().position();
        store.add(HandmadeStore.OTHER, 1, 0);
        store.write();
    }

    HandmadeStore store() {
        return store;
    }

    /** Where the frame of transaction 2 begins. */
    long gap() {
        return gap;
    }

    /** Where the next frame stands. */
    long end() {
        return store.border().position();
    }

    /** Adds a chunk that nobody needs; where its frame begins. */
    long chunk() {
        long begin = end();
        store.appender().appendChunk(HandmadeStore.KEY, ByteBuffer.allocate(8));
        return begin;
    }

    /** Adds the next transaction, a first version; where its frame begins. */
    long add() {
        long begin = end();
        store.add(HandmadeStore.KEY, 1, 0);
        return begin;
    }

    /** Lets the next frame continue another one than the last. */
    void breakChain() {
        store.breakChain();
    }

    /** Lets the next transaction be the one after another than the last. */
    void continueAfter(long sequence) {
        store.write();
        FrameChain end = store.border();
        store.continueAt(
                new FrameChain(
                        end.position(),
                        end.frameNumber(),
                        end.crc(),
                        sequence,
                        end.commitTime(),
                        end.digest()));
    }

    /** Makes a frame's header unreadable. */
    void loseHeader(long frame) {
        store.write();
        store.flip(frame + FrameLayout.LENGTH);
    }

    /** Damages the trailer of the frame that ends at a position. */
    void loseTrailer(long end) {
        store.write();
        store.flip(end - 1);
    }

    /** Damages the record of a frame that holds one: only its own checksum tells. */
    void loseRecord(long frame) {
        store.write();
        store.flip(frame + FrameLayout.HEADER_BYTES + RecordLayout.PREFIX_BYTES);
    }

    /** Opens the store, read-only, with a header that knows all frames. */
    AfterGap survey() {
        store.publish();
        return surveyAsPublished();
    }

    /** Opens the store with the header that it has. */
    AfterGap surveyAsPublished() {
        store.write();
        store.flip(gap + FrameLayout.LENGTH);
        RecoveredStore opened = store.openReadOnly();
        places = opened.quarantine().places();
        return Objects.requireNonNull(opened.afterGap());
    }

    /** What the opening found, in the order of the file. */
    List<DamagedPlace> places() {
        return places;
    }

    List<String> reasons() {
        return places.stream().map(DamagedPlace::reason).toList();
    }
}
