package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The bytes of a content that stands in chunk frames; holds one piece at a time. */
final class ChunkStream extends InputStream {

    private final RecordBody positions;
    private final EntityKey owner;
    private final Reader reader;
    private int left;
    private InputStream piece = InputStream.nullInputStream();

    /**
     * A stream over pieces.
     *
     * @param count number of pieces
     * @param positions gives the positions of their records
     */
    ChunkStream(int count, RecordBody positions, EntityKey owner, Reader reader) {
        left = count;
        this.positions = positions;
        this.owner = owner;
        this.reader = reader;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (length == 0) {
            return 0;
        }
        int done = piece.read(target, offset, length);
        while (done < 0 && left > 0) {
            left--;
            ChunkCodec.Piece next =
                    ChunkCodec.decode(
                            reader.readRecord(positions.readLong()), owner, reader.dictionary());
            piece = new ByteArrayInputStream(next.record(), next.from(), next.length());
            done = piece.read(target, offset, length);
        }
        return done;
    }
}
