package io.entitydb.storage.log;

import io.entitydb.entity.EntityKey;

import java.io.ByteArrayInputStream;
import java.io.InputStream;

/** Opens the bytes of a version's content, wherever they stand. Pieces are read one at a time. */
final class ContentStream {

    private ContentStream() {}

    static InputStream of(VersionRecord version, Reader reader) {
        TagDictionary dictionary = reader.dictionary();
        EntityKey key = version.key(dictionary);
        long position = version.contentPosition(dictionary);
        if (position == version.position()) {
            return ofHolder(version, key, reader);
        }
        VersionRecord holder = reader.readVersion(position);
        if (!holder.isOf(key, dictionary)
                || holder.raw().contentForm() == ContentForm.EARLIER
                || holder.contentLength() != version.contentLength()) {
            throw holder.raw().corrupt("record does not hold the content that refers to it");
        }
        return ofHolder(holder, key, reader);
    }

    private static InputStream ofHolder(VersionRecord holder, EntityKey key, Reader reader) {
        int from = holder.contentIndex(reader.dictionary());
        return switch (holder.raw().contentForm()) {
            case ContentForm.EMPTY -> empty(holder);
            case ContentForm.INLINE -> inline(holder, from);
            case ContentForm.CHUNKS -> ofChunks(holder, from, key, reader);
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

    private static InputStream ofChunks(
            VersionRecord holder, int from, EntityKey key, Reader reader) {
        RecordBody body = holder.raw().body(from);
        int count = body.readVarint();
        if (count == 0) {
            throw body.corrupt("content in no pieces");
        }
        return new ChunkStream(count, holder.contentLength(), body, key, reader);
    }
}
