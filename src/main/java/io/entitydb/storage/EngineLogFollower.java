package io.entitydb.storage;

import io.entitydb.entity.Commit;
import io.entitydb.entity.Entity;
import io.entitydb.entity.LogEntry;
import io.entitydb.entity.Loss;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.recovery.StoreFiles;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.List;

/** Reads the log frame by frame, never beyond what is durable. */
final class EngineLogFollower implements LogFollower {

    private final OpenStore store;
    private final FrameReader frames;
    private long sequence;
    private long position;

    EngineLogFollower(OpenStore store, long afterSequence) {
        this.store = store;
        sequence = afterSequence;
        frames =
                new FrameReader(
                        store.parts().file(), store.parts().headerSync().current().identity());
        position = store.parts().positions().before(afterSequence);
    }

    @Override
    public @Nullable LogEntry next(Duration wait) throws InterruptedException {
        Published published = store.published();
        if (published.durable().sequence() <= sequence && wait.isPositive()) {
            published.awaitBeyond(sequence, wait);
        }
        FrameChain border = published.durable();
        if (border.sequence() <= sequence) {
            if (published.isClosed()) {
                throw new StorageClosedException("closed");
            }
            return null;
        }
        while (true) {
            FrameHeader header = frames.peek(position, border.position());
            if (header == null) {
                throw damaged("no frame");
            }
            if (header.sequence() > sequence) {
                return entry(border);
            }
            position = header.end();
        }
    }

    private LogEntry entry(FrameChain border) {
        Frame frame =
                switch (frames.read(position, border.position())) {
                    case FrameRead.Broken broken -> throw damaged(broken.reason());
                    case FrameRead.Intact(Frame intact) -> intact;
                };
        FrameHeader header = frame.header();
        long first = sequence + 1;
        position = header.end();
        sequence = header.sequence();
        if (!header.isTransaction()) {
            return new Loss(first, sequence, header.digest());
        }
        List<Entity> changes =
                frame.versions().stream().map(version -> version.toEntity(store.reader())).toList();
        return new Commit(sequence, new Timestamp(header.commitTime()), header.digest(), changes);
    }

    private CorruptDataException damaged(String reason) {
        CorruptDataException damage = new CorruptDataException(StoreFiles.DATA, position, reason);
        store.countDamage(damage);
        return damage;
    }
}
