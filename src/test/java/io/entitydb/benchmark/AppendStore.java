package io.entitydb.benchmark;

import io.entitydb.storage.io.OsDisk;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/**
 * The limit of writes: appends and forces as many bytes as EntityDB's log takes for the same
 * versions, with group commit. Nothing can be read.
 */
final class AppendStore implements Store {

    private final AppendAndForce file;
    private final FrameSize frames;

    AppendStore(Path directory, FrameSize frames) {
        file = new AppendAndForce(new OsDisk(directory));
        this.frames = frames;
    }

    @Override
    public void open() {
        file.start();
    }

    @Override
    public long commit(List<Write> writes) {
        byte[] bytes = new byte[frames.of(writes.size())];
        int position = 0;
        for (Write write : writes) {
            System.arraycopy(write.content(), 0, bytes, position, write.content().length);
            position += write.content().length;
        }
        file.commit(bytes);
        return 0;
    }

    @Override
    public @Nullable Found read(String id) {
        throw new UnsupportedOperationException();
    }

    @Override
    public @Nullable Found readAt(String id, long point) {
        throw new UnsupportedOperationException();
    }

    @Override
    public List<Found> page(String tag, int limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
        file.close();
    }
}
