package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Writes records into a frame that is being built. Used by the writer's thread.
 *
 * <p>Positions in the buffer and in the file differ by a constant, the file position of the
 * buffer's index 0.
 */
final class RecordEncoder {

    private final TagDictionary dictionary;
    private final Checksum checksum;

    RecordEncoder(TagDictionary dictionary, Checksum checksum) {
        this.dictionary = dictionary;
        this.checksum = checksum;
    }

    /** Learns all words that the draft's record will want to name by number. */
    void learnWords(VersionDraft draft) {
        dictionary.learn(draft.key().dataset());
        dictionary.learn(draft.mediaType());
        for (DraftTag tag : draft.tags()) {
            dictionary.learn(tag.tag().namespace());
        }
    }

    /**
     * Writes the record of a version at the buffer's position.
     *
     * @param base file position of the buffer's index 0
     * @param chunks positions of the chunk records, if the content is chunked
     */
    void putVersion(
            ByteBuffer buffer, long base, VersionDraft draft, Commitment at, List<Long> chunks) {
        int start = buffer.position();
        byte form = formOf(draft.content());
        prefix(buffer, RecordKind.of(draft.kind()), form);
        draft.digest().copyTo(buffer, start + RecordLayout.DIGEST);
        buffer.putLong(draft.number());
        buffer.putLong(at.sequence());
        buffer.putLong(at.commitTime());
        buffer.putLong(draft.previousPosition());
        buffer.putLong(draft.jumpPosition());
        buffer.putLong(draft.createdAt() == 0 ? at.commitTime() : draft.createdAt());
        buffer.put(draft.salt());
        buffer.putLong(draft.contentLength());
        draft.contentDigest().copyTo(buffer, buffer.position());
        buffer.position(buffer.position() + RecordLayout.CONTENT_DIGEST_BYTES);
        putNames(buffer, draft);
        putTags(buffer, draft.tags(), at.commitTime());
        switch (draft.content()) {
            case DraftContent.Empty e -> {}
            case DraftContent.Inline inline -> buffer.put(inline.bytes());
            case DraftContent.Earlier earlier -> buffer.putLong(earlier.position());
            case DraftContent.Chunks c -> putChunkPositions(buffer, chunks);
            case DraftContent.Uploaded u -> putChunkPositions(buffer, chunks);
        }
        finish(buffer, base, start);
    }

    /**
     * Writes what is left of a record of another file.
     *
     * @param base file position of the buffer's index 0
     */
    void putCopy(ByteBuffer buffer, long base, RecordCopy copy) {
        int start = buffer.position();
        switch (copy) {
            case RecordCopy.Stub(Digest digest) -> {
                prefix(buffer, RecordKind.STUB, ContentForm.EMPTY);
                digest.copyTo(buffer, start + RecordLayout.DIGEST);
            }
            case RecordCopy.Whole whole -> putWhole(buffer, whole);
        }
        finish(buffer, base, start);
    }

    private void putWhole(ByteBuffer buffer, RecordCopy.Whole copy) {
        int start = buffer.position();
        VersionRecord source = copy.source();
        byte[] bytes = source.raw().bytes();
        if (source.isErased() && dictionary.agreesWith(copy.words())) {
            buffer.put(bytes, 0, Math.min(bytes.length, source.contentIndex(copy.words())));
        } else if (!dictionary.agreesWith(copy.words())) {
            buffer.put(bytes, 0, RecordLayout.BODY);
            source.putNamesAndTags(this, buffer, copy.words());
            putContent(buffer, copy);
        } else if (copy.content() instanceof CopiedContent.Same) {
            buffer.put(bytes);
        } else {
            buffer.put(bytes, 0, source.contentIndex(copy.words()));
            putContent(buffer, copy);
        }
        RecordCopy.Links links = copy.links();
        buffer.putLong(start + RecordLayout.PREVIOUS_POSITION, links.previousPosition());
        buffer.putLong(start + RecordLayout.JUMP_POSITION, links.jumpPosition());
        boolean isImplied = source.impliedDelta() == links.livingDelta();
        int code = isImplied ? 0 : links.livingDelta() + VersionRecord.DELTA_CODE_OFFSET;
        buffer.put(start + RecordLayout.LIVING_DELTA, (byte) code);
        buffer.put(start + RecordLayout.CONTENT_FORM, formOf(copy));
    }

    private static byte formOf(RecordCopy.Whole copy) {
        return switch (copy.content()) {
            case CopiedContent.Same s -> copy.source().raw().contentForm();
            case CopiedContent.Inline i -> ContentForm.INLINE;
            case CopiedContent.Earlier e -> ContentForm.EARLIER;
            case CopiedContent.Chunks c -> ContentForm.CHUNKS;
        };
    }

    private static void putContent(ByteBuffer buffer, RecordCopy.Whole copy) {
        switch (copy.content()) {
            case CopiedContent.Same s -> {
                int from = copy.source().contentIndex(copy.words());
                int length = Math.toIntExact(copy.source().contentLength());
                buffer.put(copy.source().raw().bytes(), from, length);
            }
            case CopiedContent.Inline inline -> buffer.put(inline.bytes());
            case CopiedContent.Earlier earlier -> buffer.putLong(earlier.position());
            case CopiedContent.Chunks chunks -> putChunkPositions(buffer, chunks.positions());
        }
    }

    private static void putChunkPositions(ByteBuffer buffer, List<Long> positions) {
        putVarint(buffer, positions.size());
        positions.forEach(buffer::putLong);
    }

    /** Writes the record of a whole dictionary. */
    void putDictionary(ByteBuffer buffer, long base) {
        int start = buffer.position();
        prefix(buffer, RecordKind.DICTIONARY, ContentForm.EMPTY);
        dictionary.writeTo(buffer);
        finish(buffer, base, start);
    }

    /** Writes the record of a loss. */
    void putLoss(ByteBuffer buffer, long base, LossRecord loss) {
        int start = buffer.position();
        prefix(buffer, RecordKind.LOSS, ContentForm.EMPTY);
        loss.writeTo(buffer);
        finish(buffer, base, start);
    }

    /** Writes the record of an erase mark. */
    void putEraseMark(ByteBuffer buffer, long base, EraseMark mark) {
        int start = buffer.position();
        prefix(buffer, RecordKind.ERASE_MARK, ContentForm.EMPTY);
        buffer.put(
                start + RecordLayout.LIVING_DELTA,
                (byte) (mark.livingDelta() + VersionRecord.DELTA_CODE_OFFSET));
        mark.writeTo(buffer);
        finish(buffer, base, start);
    }

    /** Writes the record of one piece of a content. */
    void putChunk(ByteBuffer buffer, long base, EntityKey owner, ByteBuffer piece) {
        int start = buffer.position();
        prefix(buffer, RecordKind.CHUNK, ContentForm.EMPTY);
        buffer.putInt(piece.remaining());
        putWord(buffer, owner.dataset());
        putShortText(buffer, owner.id());
        buffer.put(piece);
        finish(buffer, base, start);
    }

    private static byte formOf(DraftContent content) {
        return switch (content) {
            case DraftContent.Empty e -> ContentForm.EMPTY;
            case DraftContent.Inline i -> ContentForm.INLINE;
            case DraftContent.Earlier e -> ContentForm.EARLIER;
            case DraftContent.Chunks c -> ContentForm.CHUNKS;
            case DraftContent.Uploaded u -> ContentForm.CHUNKS;
        };
    }

    private static void prefix(ByteBuffer buffer, byte kind, byte form) {
        int start = buffer.position();
        buffer.putLong(start, 0);
        for (int i = 0; i < RecordLayout.DIGEST_BYTES; i += Long.BYTES) {
            buffer.putLong(start + RecordLayout.DIGEST + i, 0);
        }
        buffer.putLong(start + RecordLayout.KIND, 0);
        buffer.put(start + RecordLayout.KIND, kind);
        buffer.put(start + RecordLayout.CONTENT_FORM, form);
        buffer.position(start + RecordLayout.PREFIX_BYTES);
    }

    private void putNames(ByteBuffer buffer, VersionDraft draft) {
        putWord(buffer, draft.key().dataset());
        putShortText(buffer, draft.key().id());
        putShortText(buffer, draft.principal());
        putShortText(buffer, draft.createdBy().equals(draft.principal()) ? "" : draft.createdBy());
        putWord(buffer, draft.mediaType());
    }

    private void putTags(ByteBuffer buffer, List<DraftTag> tags, long commitTime) {
        putVarint(buffer, tags.size());
        for (DraftTag tag : tags) {
            putWord(buffer, tag.tag().namespace());
            putVarint(buffer, tag.value().length);
            buffer.put(tag.value());
            buffer.putLong(tag.assertedAt() == 0 ? commitTime : tag.assertedAt());
        }
    }

    void putWord(ByteBuffer buffer, String word) {
        int number = dictionary.numberOf(word);
        putVarint(buffer, number);
        if (number == TagDictionary.LITERAL) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            putVarint(buffer, bytes.length);
            buffer.put(bytes);
        }
    }

    static void putShortText(ByteBuffer buffer, String text) {
        int start = buffer.position();
        buffer.put((byte) text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                buffer.position(start);
                buffer.put((byte) bytes.length).put(bytes);
                return;
            }
            buffer.put((byte) c);
        }
    }

    static void putVarint(ByteBuffer buffer, int value) {
        int rest = value;
        while (rest >= 0x80) {
            buffer.put((byte) (rest | 0x80));
            rest >>>= 7;
        }
        buffer.put((byte) rest);
    }

    /** Pads to the alignment, then fills in length and checksum. */
    private void finish(ByteBuffer buffer, long base, int start) {
        while (((buffer.position() - start) & (FrameLayout.ALIGNMENT - 1)) != 0) {
            buffer.put((byte) 0);
        }
        int length = buffer.position() - start;
        buffer.putInt(start + RecordLayout.LENGTH, length);
        buffer.putInt(
                start + RecordLayout.CRC, checksum.ofRecord(base + start, buffer, start, length));
    }
}
