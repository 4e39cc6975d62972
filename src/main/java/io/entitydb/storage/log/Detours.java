package io.entitydb.storage.log;

import com.google.errorprone.annotations.concurrent.GuardedBy;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageIoException;
import io.entitydb.storage.header.Header;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the ways around damaged versions, and remembers them: the frame that holds a damaged
 * record, and the version before.
 *
 * <p><b>What is believed.</b> A record whose checksum holds is what it says it is, wherever a
 * pointer to it came from. Of a damaged record's own fields nothing is believed by itself; its
 * pointer to the version before is followed, and what it leads to is taken if its number is the one
 * that is missing. Where that number is not known, because the damaged version is the newest, all
 * fields must agree with the frame and with the record that they lead to. Otherwise the log is
 * searched, see {@link EarlierVersion}.
 *
 * <p><b>Bounds.</b> One search at a time, each bounded; the last {@value #MAX_KNOWN} results are
 * kept, failures as well. Thread-safe.
 */
@RequiredArgsConstructor
final class Detours {

    private static final int MAX_KNOWN = 1024;

    private final Reader reader;
    private final Object searching = new Object();

    @GuardedBy("frames")
    private final Map<Long, Optional<FrameHeader>> frames = bounded();

    @GuardedBy("predecessors")
    private final Map<Damaged, Predecessor> predecessors = bounded();

    /**
     * A version that cannot be read.
     *
     * @param key its entity
     * @param position its record
     * @param number its number; 0 if it is not known
     */
    record Damaged(EntityKey key, long position, long number) {}

    private static <K, V> Map<K, V> bounded() {
        return new LinkedHashMap<>(16, 0.75f, true) {

            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<K, V> eldest) {
                return size() > MAX_KNOWN;
            }
        };
    }

    /** The header of the transaction that holds a record; null if it is damaged as well. */
    @Nullable FrameHeader frameOf(long position) {
        synchronized (frames) {
            Optional<FrameHeader> known = frames.get(position);
            if (known != null) {
                return known.orElse(null);
            }
        }
        FrameHeader found =
                new FrameAround(reader.file(), reader.checksum(), reader.readableBytes())
                        .find(position);
        FrameHeader frame = found == null || !found.isTransaction() ? null : found;
        synchronized (frames) {
            frames.put(position, Optional.ofNullable(frame));
        }
        return frame;
    }

    /** The version before a damaged one. */
    Predecessor before(Damaged damaged) {
        Predecessor known = known(damaged);
        if (known != null) {
            return known;
        }
        synchronized (searching) {
            known = known(damaged);
            if (known != null) {
                return known;
            }
            Predecessor found = find(damaged);
            synchronized (predecessors) {
                predecessors.put(damaged, found);
            }
            return found;
        }
    }

    private @Nullable Predecessor known(Damaged damaged) {
        synchronized (predecessors) {
            Predecessor known = predecessors.get(damaged);
            if (known instanceof Predecessor.Found found
                    && versionAt(damaged, found.position()) == null) {
                // Damaged since.
                predecessors.remove(damaged);
                return null;
            }
            return known;
        }
    }

    private Predecessor find(Damaged damaged) {
        if (damaged.number() == 1) {
            return new Predecessor.None();
        }
        FrameHeader frame = frameOf(damaged.position());
        Predecessor told = told(damaged, frame);
        return told != null
                ? told
                : new EarlierVersion(reader, damaged.key(), damaged.number())
                        .before(
                                damaged.position(),
                                frame == null ? damaged.position() : frame.position());
    }

    /** What the damaged record itself tells, if other bytes bear it out. */
    private @Nullable Predecessor told(Damaged damaged, @Nullable FrameHeader frame) {
        ByteBuffer fields = fields(damaged.position());
        if (fields == null) {
            return null;
        }
        long previous = fields.getLong(RecordLayout.PREVIOUS_POSITION);
        long version = fields.getLong(RecordLayout.VERSION);
        boolean isOfFrame =
                frame != null
                        && frame.sequence() == fields.getLong(RecordLayout.SEQUENCE)
                        && frame.commitTime() == fields.getLong(RecordLayout.COMMIT_TIME);
        if (previous == 0) {
            boolean isFirst =
                    damaged.number() == 0
                            && frame != null
                            && isOfFrame
                            && version == 1
                            && fields.getLong(RecordLayout.JUMP_POSITION) == 0
                            && fields.getLong(RecordLayout.CREATED_AT) == frame.commitTime();
            return isFirst ? new Predecessor.None() : null;
        }
        VersionRecord before = versionAt(damaged, previous);
        if (before == null) {
            return null;
        }
        boolean isBefore =
                damaged.number() > 0
                        ? before.number() == damaged.number() - 1
                        : frame != null
                                && isOfFrame
                                && version == before.number() + 1
                                && before.sequence() < frame.sequence();
        return isBefore ? new Predecessor.Found(previous, true) : null;
    }

    private @Nullable ByteBuffer fields(long position) {
        if (position > reader.readableBytes() - RecordLayout.BODY) {
            return null;
        }
        byte[] bytes = new byte[RecordLayout.BODY];
        try {
            reader.file().read(position, bytes, 0, bytes.length);
        } catch (StorageIoException e) {
            return null;
        }
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private @Nullable VersionRecord versionAt(Damaged damaged, long position) {
        if (position < Header.DATA_OFFSET || position >= damaged.position()) {
            return null;
        }
        try {
            VersionRecord found = reader.readVersion(position);
            return found.isOf(damaged.key(), reader.dictionary()) ? found : null;
        } catch (CorruptDataException | StorageIoException e) {
            return null;
        }
    }
}
