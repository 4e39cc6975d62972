package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.storage.error.CorruptDataException;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The logical facts of a version, read from its bytes in one go to compare them with the digests
 * that it names. Reading a version does not do this: there the checksum has to do.
 *
 * <p><b>Source:</b> FORMAT.md, "Digests".
 */
public final class VersionFacts {

    private final VersionRecord version;
    private final EntityKey key;
    private final Digest digest;
    private final int contentIndex;

    private VersionFacts(VersionRecord version, EntityKey key, Digest digest, int contentIndex) {
        this.version = version;
        this.key = key;
        this.digest = digest;
        this.contentIndex = contentIndex;
    }

    /**
     * The facts of a version.
     *
     * @throws CorruptDataException if its body does not decode
     */
    public static VersionFacts of(VersionRecord version, TagDictionary dictionary) {
        RawRecord raw = version.raw();
        RecordBody body = raw.body(RecordLayout.BODY);
        try {
            String dataset = body.readWord(dictionary);
            EntityKey key = new EntityKey(dataset, body.readText(body.readByte()));
            if (version.isErased()) {
                return new VersionFacts(version, key, version.digest(), RecordLayout.BODY);
            }
            Facts facts = new Facts();
            facts.add(raw.bytes(), RecordLayout.SALT, RecordLayout.SALT_BYTES);
            facts.add(raw.bytes(), RecordLayout.KIND, Byte.BYTES);
            facts.add(raw.bytes(), RecordLayout.VERSION, Long.BYTES);
            facts.text(key.dataset());
            facts.text(key.id());
            facts.text(body.readText(body.readByte()));
            body.readText(body.readByte());
            facts.text(body.readWord(dictionary));
            tags(body, dictionary, facts);
            facts.add(raw.bytes(), RecordLayout.CONTENT_DIGEST, Digest.BYTES);
            return new VersionFacts(version, key, facts.end(), body.index());
        } catch (EntityDbException e) {
            throw raw.corrupt("version does not decode: " + e.getMessage());
        }
    }

    private static void tags(RecordBody body, TagDictionary dictionary, Facts facts) {
        int count = body.readVarint();
        if (count > Entity.MAX_TAGS) {
            throw body.corrupt("version with " + count + " tags");
        }
        facts.number(count);
        for (int i = 0; i < count; i++) {
            String namespace = body.readWord(dictionary);
            facts.text(namespace + ":" + body.readText(body.readVarint()));
            body.readLong();
        }
    }

    /** The entity's name. */
    public EntityKey key() {
        return key;
    }

    /** The digest of the facts; that which the record names if they were destroyed. */
    public Digest digest() {
        return digest;
    }

    /**
     * Reads the content and compares it with its length and digest. Of bytes that an earlier
     * version holds, only that it claims the same of them: they are checked with that one.
     *
     * @return what is wrong with it; null if nothing is
     * @throws CorruptDataException if a record that the content needs is not intact
     */
    public @Nullable String contentProblem(Reader reader) {
        if (version.isErased()) {
            return null;
        }
        RecordBody body = version.raw().body(contentIndex);
        return switch (version.raw().contentForm()) {
            case ContentForm.EMPTY -> problemOf(Digest.newSha256(), 0);
            case ContentForm.INLINE -> inlineProblem(body);
            case ContentForm.EARLIER -> earlierProblem(body.readLong(), reader);
            case ContentForm.CHUNKS -> chunksProblem(body, reader);
            default -> "content form " + version.raw().contentForm();
        };
    }

    private @Nullable String inlineProblem(RecordBody body) {
        if (version.contentLength() > RecordLayout.MAX_INLINE_BYTES) {
            return version.contentLength() + " bytes within the record";
        }
        int length = (int) version.contentLength();
        body.skip(length);
        MessageDigest function = Digest.newSha256();
        function.update(version.raw().bytes(), contentIndex, length);
        return problemOf(function, length);
    }

    private @Nullable String earlierProblem(long position, Reader reader) {
        if (position >= version.position()) {
            return "content refers forward to " + position;
        }
        VersionRecord holder = reader.readVersion(position);
        boolean isSame =
                holder.raw().contentForm() != ContentForm.EARLIER
                        && holder.isOf(key, reader.dictionary())
                        && holder.contentLength() == version.contentLength()
                        && holder.contentDigest().equals(version.contentDigest());
        return isSame ? null : "version at " + position + " does not hold it";
    }

    private @Nullable String chunksProblem(RecordBody body, Reader reader) {
        int count = body.readVarint();
        MessageDigest function = Digest.newSha256();
        long length = 0;
        for (int i = 0; i < count; i++) {
            long position = body.readLong();
            if (position >= version.position()) {
                return "content refers forward to " + position;
            }
            ChunkCodec.Piece piece =
                    ChunkCodec.decode(reader.readRecord(position), key, reader.dictionary());
            function.update(piece.record(), piece.from(), piece.length());
            length += piece.length();
        }
        return problemOf(function, length);
    }

    private @Nullable String problemOf(MessageDigest function, long length) {
        if (length != version.contentLength()) {
            return length + " bytes of " + version.contentLength();
        }
        Digest actual = Digest.end(function);
        return actual.equals(version.contentDigest()) ? null : "digest " + actual;
    }

    /** Takes facts one after the other. */
    private static final class Facts {

        private final MessageDigest function = Digest.newSha256();
        private final ByteBuffer four =
                ByteBuffer.allocate(Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);

        void add(byte[] bytes, int from, int length) {
            function.update(bytes, from, length);
        }

        void number(int value) {
            function.update(four.putInt(0, value).array());
        }

        void text(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            number(bytes.length);
            function.update(bytes);
        }

        Digest end() {
            return Digest.end(function);
        }
    }
}
