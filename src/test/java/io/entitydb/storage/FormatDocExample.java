package io.entitydb.storage;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Content;
import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.storage.header.FileIdentity;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.header.HeaderCodec;
import io.entitydb.storage.log.Commitment;
import io.entitydb.storage.log.DraftContent;
import io.entitydb.storage.log.DraftTag;
import io.entitydb.storage.log.FrameAppender;
import io.entitydb.storage.log.FrameChain;
import io.entitydb.storage.log.RecordDigest;
import io.entitydb.storage.log.TagDictionary;
import io.entitydb.storage.log.VersionDraft;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.UUID;

/** The tiny file that FORMAT.md shows: one entity with one tag and two bytes of content. */
final class FormatDocExample {

    static final EntityKey KEY = new EntityKey("default", "a");
    static final Tag TAG = Tag.parse("type:note");
    static final Content CONTENT = Content.of("text/plain", "hi".getBytes(StandardCharsets.UTF_8));
    static final String PRINCIPAL = "tester";
    static final long CREATED_AT = 1_700_000_000_000_000_000L;
    static final long COMMIT_TIME = CREATED_AT + 1_000_000_000L;
    static final int FILE_BYTES = 12_288;

    private static final int SLOT_STRIDE = 4096;
    private static final FileIdentity IDENTITY =
            new FileIdentity(
                    UUID.fromString("00112233-4455-6677-8899-aabbccddeeff"),
                    CREATED_AT,
                    UUID.fromString("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"),
                    UUID.fromString("01234567-89ab-cdef-fedc-ba9876543210"));

    private FormatDocExample() {}

    /** All bytes of the file. */
    static byte[] bytes() {
        ByteBuffer file = ByteBuffer.allocate(FILE_BYTES);
        FrameChain start = new FrameChain(Header.DATA_OFFSET, 0, 0, 0, CREATED_AT, Digest.ZERO);
        FrameAppender appender = new FrameAppender(IDENTITY, new TagDictionary(), 1 << 16, start);
        appender.begin(start, 0, 1);
        appender.appendDictionary();
        Header made = madeHeader(appender);
        file.put((int) start.position(), array(appender.bytes()));
        FrameChain border = appender.chain();
        appender.begin(border, border.frameNumber(), made.generation());
        appender.append(List.of(draft()), new Commitment(1, COMMIT_TIME));
        file.put((int) border.position(), array(appender.bytes()));
        file.put(0, HeaderCodec.encode(made));
        file.put(SLOT_STRIDE, HeaderCodec.encode(headerAfter(made, appender)));
        return file.array();
    }

    private static Header madeHeader(FrameAppender appender) {
        return Header.builder()
                .generation(2)
                .identity(IDENTITY)
                .epoch(1)
                .fileSize(FILE_BYTES)
                .dataSize(appender.chain().position() - Header.DATA_OFFSET)
                .walOffset(Header.DATA_OFFSET)
                .walSequence(0)
                .checkpointSequence(0)
                .tagDictOffset(Header.DATA_OFFSET)
                .tagDictSize(appender.chain().position() - Header.DATA_OFFSET)
                .entityCount(0)
                .lastModified(CREATED_AT)
                .lastDigest(Digest.ZERO)
                .build();
    }

    private static Header headerAfter(Header made, FrameAppender appender) {
        var dictionary = Objects.requireNonNull(appender.dictionaryFrame());
        return made.toBuilder()
                .generation(3)
                .dataSize(appender.chain().position() - Header.DATA_OFFSET)
                .walSequence(1)
                .tagDictOffset(dictionary.position())
                .tagDictSize(dictionary.length())
                .entityCount(1)
                .lastModified(COMMIT_TIME)
                .lastDigest(appender.chain().digest())
                .build();
    }

    private static VersionDraft draft() {
        VersionDraft draft =
                VersionDraft.builder()
                        .key(KEY)
                        .kind(ChangeKind.PUT)
                        .number(1)
                        .createdBy(PRINCIPAL)
                        .principal(PRINCIPAL)
                        .salt(HexFormat.of().parseHex("a0a1a2a3a4a5a6a7a8a9aaabacadaeaf"))
                        .tags(List.of(DraftTag.of(TAG, 0)))
                        .mediaType(CONTENT.mediaType())
                        .contentLength(CONTENT.length())
                        .contentDigest(CONTENT.digest())
                        .content(new DraftContent.Inline(CONTENT.bytes()))
                        .digest(Digest.ZERO)
                        .build();
        return draft.withDigest(RecordDigest.of(draft));
    }

    private static byte[] array(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.get(bytes);
        return bytes;
    }
}
