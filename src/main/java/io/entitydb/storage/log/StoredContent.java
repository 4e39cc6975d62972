package io.entitydb.storage.log;

import io.entitydb.entity.Content;
import io.entitydb.entity.ContentSource;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.NotFoundException;

import org.jspecify.annotations.Nullable;

import java.io.InputStream;

/**
 * The bytes of a version's content, wherever they stand in the file.
 *
 * @param version the version
 * @param reader reads them
 */
public record StoredContent(VersionRecord version, Reader reader) implements ContentSource {

    @Override
    public InputStream open() {
        return ContentStream.of(version, reader);
    }

    /**
     * How a later version of the same entity refers to a content of this source.
     *
     * @param content of which this is the source
     * @param key the entity
     * @param target reads the file that the later version is going to stand in
     * @return null if it is the content of another entity or file, or has no bytes
     * @throws NotFoundException if it was erased
     */
    public static @Nullable DraftContent reference(Content content, EntityKey key, Reader target) {
        if (!(content.source() instanceof StoredContent(VersionRecord version, Reader reader))
                || reader != target
                || content.length() == 0
                || content.length() != version.contentLength()
                || !content.digest().equals(version.contentDigest())
                || !version.isOf(key, reader.dictionary())) {
            return null;
        }
        VersionRecord holder = reader.readVersion(version.contentPosition(reader.dictionary()));
        if (holder.isErased()) {
            throw NotFoundException.erased(key);
        }
        return new DraftContent.Earlier(holder.position());
    }
}
