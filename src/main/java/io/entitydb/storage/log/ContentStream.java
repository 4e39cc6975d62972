package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.DamagedPlace;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Opens the bytes of a version's content, wherever they stand. Pieces are read one at a time. */
final class ContentStream {

    private ContentStream() {}

    /**
     * The content of a version.
     *
     * @throws CorruptDataException if a record that it needs is damaged; reading the stream throws
     *     the same
     */
    static InputStream of(VersionRecord version, Reader reader) {
        EntityKey key = version.key(reader.dictionary());
        try {
            return of(version, key, reader);
        } catch (CorruptDataException e) {
            throw refusal(e, DamagedPlace.Part.VERSION, key, reader);
        }
    }

    /** An error that names the entity, after telling of the damage. */
    static CorruptDataException refusal(
            CorruptDataException damage, DamagedPlace.Part part, EntityKey key, Reader reader) {
        DamagedPlace place =
                DamagedPlace.of(damage, part, DamagedPlace.Finder.READ).toBuilder()
                        .key(key)
                        .build();
        reader.damaged(place);
        return new CorruptDataException(place);
    }

    private static InputStream of(VersionRecord version, EntityKey key, Reader reader) {
        TagDictionary dictionary = reader.dictionary();
        long position = version.contentPosition(dictionary);
        if (position == version.position()) {
            return ofHolder(version, key, reader);
        }
        VersionRecord holder = reader.readVersion(position);
        if (!holder.isOf(key, dictionary)
                || holder.raw().contentForm() == ContentForm.EARLIER
                || !holder.hasContentOf(version)) {
            throw holder.raw().corrupt("record does not hold the content that refers to it");
        }
        return ofHolder(holder, key, reader);
    }

    private static InputStream ofHolder(VersionRecord holder, EntityKey key, Reader reader) {
        int from = holder.contentIndex(reader.dictionary());
        return switch (holder.raw().contentForm()) {
            case ContentForm.EMPTY -> empty(holder);
            case ContentForm.INLINE -> inline(holder, from);
            case ContentForm.CHUNKS -> ofChunks(holder, key, reader);
            default -> throw holder.raw().corrupt("content form " + holder.raw().contentForm());
        };
    }

    private static InputStream empty(VersionRecord holder) {
        if (holder.contentLength() != 0) {
            throw holder.raw().corrupt("no content of " + holder.contentLength() + " bytes");
        }
        return InputStream.nullInputStream();
    }

    private static InputStream inline(VersionRecord holder, int from) {
        int length = (int) Math.min(holder.contentLength(), Integer.MAX_VALUE);
        holder.raw().body(from).skip(length);
        return new ByteArrayInputStream(holder.raw().bytes(), from, length);
    }

    private static InputStream ofChunks(VersionRecord holder, EntityKey key, Reader reader) {
        long[] positions = holder.chunkPositions(reader.dictionary());
        if (positions.length == 0) {
            throw holder.raw().corrupt("content in no pieces");
        }
        return new ChunkStream(positions, holder.contentLength(), holder.position(), key, reader);
    }
}
