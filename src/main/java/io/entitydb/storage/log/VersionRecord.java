package io.entitydb.storage.log;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityDbException;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.SortedTags;
import io.entitydb.entity.Tag;
import io.entitydb.entity.Version;
import io.entitydb.storage.header.Header;
import io.entitydb.temporal.Timestamp;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SortedMap;

/**
 * One version of one entity as it stands in the log. What is needed to judge it is read in place;
 * names, tags and content only when asked for.
 */
public final class VersionRecord implements VersionStamp {

    /** Difference between a code and the number that it stands for. */
    static final int DELTA_CODE_OFFSET = 2;

    private static final int MAX_DELTA_CODE = 3;

    private final RawRecord raw;
    private final ChangeKind kind;

    /** What it decodes to, once that was asked for; any thread's result is as good as another's. */
    private @Nullable Decoded decoded;

    /** An entity whose content is read by a reader. */
    private record Decoded(Entity entity, Reader reader) {}

    VersionRecord(RawRecord raw) {
        this.raw = raw;
        ChangeKind change = RecordKind.changeOf(raw.kind());
        if (change == null || raw.bytes().length < RecordLayout.BODY) {
            throw raw.corrupt("version expected, found record of kind " + raw.kind());
        }
        kind = change;
        boolean isLinked = number() > 1 || previousPosition() == 0;
        if (number() < 1
                || sequence() < 1
                || commitTime() < 0
                || contentLength() < 0
                || previousPosition() < 0
                || previousPosition() >= position()
                || !isLinked
                || jumpPosition() < 0
                || jumpPosition() > previousPosition()
                || raw.bytes()[RecordLayout.LIVING_DELTA] < 0
                || raw.bytes()[RecordLayout.LIVING_DELTA] > MAX_DELTA_CODE) {
            throw raw.corrupt("version " + number() + " breaks the rules of its fields");
        }
    }

    /** Where the record begins. */
    public long position() {
        return raw.position();
    }

    /** Whether what the version held was erased. */
    public boolean isErased() {
        return kind == ChangeKind.ERASED;
    }

    /** Whether the entity lives after this version. */
    public boolean isLiving() {
        return switch (kind) {
            case PUT, RESTORE -> true;
            case DELETE, ERASED -> false;
        };
    }

    /** Position right behind the record. */
    public long end() {
        return raw.end();
    }

    @Override
    public long number() {
        return raw.longAt(RecordLayout.VERSION);
    }

    @Override
    public long sequence() {
        return raw.longAt(RecordLayout.SEQUENCE);
    }

    @Override
    public long commitTime() {
        return raw.longAt(RecordLayout.COMMIT_TIME);
    }

    /** Record of the previous version; 0 if the file holds none. */
    public long previousPosition() {
        return raw.longAt(RecordLayout.PREVIOUS_POSITION);
    }

    /** Record of a version further back; 0 for none. */
    public long jumpPosition() {
        return raw.longAt(RecordLayout.JUMP_POSITION);
    }

    /** Commit time at which the entity's present life began. */
    public long createdAt() {
        return raw.longAt(RecordLayout.CREATED_AT);
    }

    /** What the version added to the number of living entities: −1, 0 or 1. */
    public int livingDelta() {
        byte code = raw.bytes()[RecordLayout.LIVING_DELTA];
        return code == 0 ? impliedDelta() : code - DELTA_CODE_OFFSET;
    }

    /** What the kind tells of it. */
    int impliedDelta() {
        return switch (kind) {
            case DELETE -> -1;
            case RESTORE -> 1;
            case PUT -> createdAt() == commitTime() ? 1 : 0;
            case ERASED -> 0;
        };
    }

    /** Record that holds the bytes of the content: this one, unless it refers to an earlier one. */
    public long contentPosition(TagDictionary dictionary) {
        if (raw.contentForm() != ContentForm.EARLIER) {
            return position();
        }
        RecordBody body = raw.body(contentIndex(dictionary));
        long earlier = body.readLong();
        if (earlier < Header.DATA_OFFSET || earlier >= position()) {
            throw raw.corrupt("content refers to " + earlier + ", where no earlier one can be");
        }
        return earlier;
    }

    /** The digest of its content. */
    Digest contentDigest() {
        return Digest.of(
                Arrays.copyOfRange(
                        raw.bytes(),
                        RecordLayout.CONTENT_DIGEST,
                        RecordLayout.CONTENT_DIGEST + Digest.BYTES));
    }

    /** Whether the version belongs to an entity. */
    public boolean isOf(EntityKey key, TagDictionary dictionary) {
        Decoded known = decoded;
        if (known != null) {
            return known.entity.key().equals(key);
        }
        RecordBody body = raw.body(RecordLayout.BODY);
        return body.readWord(dictionary).equals(key.dataset())
                && body.readsText(body.readByte(), key.id());
    }

    /** Whether two versions belong to one entity. */
    boolean isOfEntityOf(VersionRecord other, TagDictionary dictionary) {
        RecordBody mine = raw.body(RecordLayout.BODY);
        RecordBody others = other.raw.body(RecordLayout.BODY);
        return mine.readWord(dictionary).equals(others.readWord(dictionary))
                && mine.readsSameText(others);
    }

    /** The entity's name. */
    public EntityKey key(TagDictionary dictionary) {
        return keyOf(raw.body(RecordLayout.BODY), dictionary);
    }

    /**
     * The entity as it stood right after this version.
     *
     * @param reader reads contents that stand elsewhere, when they are asked for
     */
    @SuppressWarnings("ReferenceEquality") // A reader is one file.
    public Entity toEntity(Reader reader) {
        Decoded known = decoded;
        if (known == null || known.reader != reader) {
            known = new Decoded(decode(reader), reader);
            decoded = known;
        }
        return known.entity;
    }

    private Entity decode(Reader reader) {
        if (raw.isCut()) {
            return reader.readVersion(position()).toEntity(reader);
        }
        TagDictionary dictionary = reader.dictionary();
        RecordBody body = raw.body(RecordLayout.BODY);
        try {
            Names names = names(body, dictionary);
            SortedMap<Tag, Timestamp> tags = tags(body, dictionary);
            return new Entity(
                    names.key(),
                    new Version(
                            number(),
                            kind,
                            sequence(),
                            new Timestamp(commitTime()),
                            names.principal()),
                    new Timestamp(createdAt()),
                    names.createdBy(),
                    tags,
                    content(names, body, reader));
        } catch (EntityDbException | IllegalArgumentException e) {
            throw raw.corrupt("version does not decode: " + e.getMessage());
        }
    }

    /** What the version did. */
    public ChangeKind kind() {
        return kind;
    }

    /** Whether its content stands in chunk frames. */
    public boolean isChunked() {
        return raw.contentForm() == ContentForm.CHUNKS;
    }

    /** Whether its content is that of an earlier version. */
    public boolean isContentEarlier() {
        return raw.contentForm() == ContentForm.EARLIER;
    }

    /** Whether two versions have the same bytes of content. */
    public boolean hasContentOf(VersionRecord other) {
        return contentLength() == other.contentLength()
                && Arrays.equals(
                        raw.bytes(),
                        RecordLayout.CONTENT_DIGEST,
                        RecordLayout.BODY,
                        other.raw.bytes(),
                        RecordLayout.CONTENT_DIGEST,
                        RecordLayout.BODY);
    }

    /** Positions of the chunk records of its content; empty if it has none. */
    public long[] chunkPositions(TagDictionary dictionary) {
        if (!isChunked()) {
            return new long[0];
        }
        RecordBody body = raw.body(contentIndex(dictionary));
        int count = body.readVarint();
        if (count > raw.bytes().length / Long.BYTES) {
            throw raw.corrupt("content of " + count + " chunks");
        }
        long[] positions = new long[count];
        for (int i = 0; i < count; i++) {
            positions[i] = body.readLong();
        }
        return positions;
    }

    /** The digest of its logical facts. */
    public Digest digest() {
        return raw.digest();
    }

    /** Writes names and tags once more, with the words of the encoder's dictionary. */
    void putNamesAndTags(RecordEncoder encoder, ByteBuffer buffer, TagDictionary dictionary) {
        RecordBody body = raw.body(RecordLayout.BODY);
        encoder.putWord(buffer, body.readWord(dictionary));
        RecordEncoder.putShortText(buffer, body.readText(body.readByte()));
        RecordEncoder.putShortText(buffer, body.readText(body.readByte()));
        if (isErased()) {
            return;
        }
        RecordEncoder.putShortText(buffer, body.readText(body.readByte()));
        encoder.putWord(buffer, body.readWord(dictionary));
        int count = body.readVarint();
        RecordEncoder.putVarint(buffer, count);
        for (int i = 0; i < count; i++) {
            encoder.putWord(buffer, body.readWord(dictionary));
            byte[] value = body.readText(body.readVarint()).getBytes(StandardCharsets.UTF_8);
            RecordEncoder.putVarint(buffer, value.length);
            buffer.put(value).putLong(body.readLong());
        }
    }

    /** Characters of the entity's id, if the record was decoded; otherwise 0. */
    int decodedIdLength() {
        Decoded known = decoded;
        return known == null ? 0 : known.entity.key().id().length();
    }

    RawRecord raw() {
        return raw;
    }

    /** Index within the record at which its content, or what tells where it is, begins. */
    int contentIndex(TagDictionary dictionary) {
        RecordBody body = tagsBody();
        int count = isErased() ? 0 : tagCount(body);
        for (int i = 0; i < count; i++) {
            body.skipWord();
            body.skip(body.readVarint());
            body.skip(Long.BYTES);
        }
        return body.index();
    }

    /** From the number of tags on, or the end of an erased version. */
    RecordBody tagsBody() {
        RecordBody body = raw.body(RecordLayout.BODY);
        body.skipWord();
        body.skip(body.readByte());
        body.skip(body.readByte());
        if (!isErased()) {
            body.skip(body.readByte());
            body.skipWord();
        }
        return body;
    }

    /**
     * Who began the entity's present life.
     *
     * @param usual a name that it often is; answered itself then
     */
    public String createdBy(String usual) {
        RecordBody body = raw.body(RecordLayout.BODY);
        body.skipWord();
        body.skip(body.readByte());
        int bytes = body.readByte();
        int from = body.index();
        body.skip(bytes);
        int other = isErased() ? 0 : body.readByte();
        if (other > 0) {
            bytes = other;
            from = body.index();
        }
        return raw.body(from).readsText(bytes, usual) ? usual : raw.body(from).readText(bytes);
    }

    /** Whether it has the bytes of a content, by their length and digest. */
    public boolean hasContent(Content content) {
        return contentLength() == content.length()
                && content.digest().isAt(raw.bytes(), RecordLayout.CONTENT_DIGEST);
    }

    static int tagCount(RecordBody body) {
        int count = body.readVarint();
        if (count > Entity.MAX_TAGS) {
            throw body.corrupt("version with " + count + " tags");
        }
        return count;
    }

    long contentLength() {
        return raw.longAt(RecordLayout.CONTENT_LENGTH);
    }

    private Content content(Names names, RecordBody body, Reader reader) {
        if (isErased()) {
            return Content.EMPTY;
        }
        if (raw.contentForm() == ContentForm.INLINE) {
            body.skip((int) Math.min(contentLength(), Integer.MAX_VALUE));
        }
        return new Content(
                names.mediaType(),
                contentLength(),
                contentDigest(),
                new StoredContent(this, reader));
    }

    private record Names(EntityKey key, String principal, String createdBy, String mediaType) {}

    private Names names(RecordBody body, TagDictionary dictionary) {
        EntityKey key = keyOf(body, dictionary);
        String principal = body.readText(body.readByte());
        if (isErased()) {
            return new Names(key, principal, principal, "");
        }
        String createdBy = body.readText(body.readByte());
        return new Names(
                key,
                principal,
                createdBy.isEmpty() ? principal : createdBy,
                body.readWord(dictionary));
    }

    private static EntityKey keyOf(RecordBody body, TagDictionary dictionary) {
        try {
            return new EntityKey(body.readWord(dictionary), body.readText(body.readByte()));
        } catch (EntityDbException e) {
            throw body.corrupt("version does not decode: " + e.getMessage());
        }
    }

    /** The body of an erased version ends with its principal. */
    private SortedMap<Tag, Timestamp> tags(RecordBody body, TagDictionary dictionary) {
        int count = isErased() ? 0 : tagCount(body);
        Tag[] tags = new Tag[count];
        Timestamp[] times = new Timestamp[count];
        try {
            for (int i = 0; i < count; i++) {
                tags[i] = new Tag(body.readWord(dictionary), body.readText(body.readVarint()));
                times[i] = new Timestamp(body.readLong());
            }
        } catch (EntityDbException | IllegalArgumentException e) {
            throw body.corrupt("no tag: " + e.getMessage());
        }
        return SortedTags.of(tags, times);
    }
}
