package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.BytesFile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Reads any bytes as each kind of record: behind the records of {@link RecordScene}, with a
 * checksum that fits.
 *
 * <p><b>Shape of an input:</b> a byte of switches; the record, cut to a multiple of 8. Its length
 * and checksum are filled in, unless the switches say otherwise.
 */
public final class RecordFuzz {

    private static final int KEEPS_LENGTH = 1;
    private static final int KEEPS_CHECKSUM = 2;

    private static final RecordScene SCENE = new RecordScene();

    private RecordFuzz() {}

    /** What the fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) throws IOException {
        int length = (input.length - 1) / FrameLayout.ALIGNMENT * FrameLayout.ALIGNMENT;
        if (length < RecordLayout.PREFIX_BYTES) {
            return;
        }
        byte[] log = SCENE.bytes(length);
        int at = log.length - length;
        System.arraycopy(input, 1, log, at, length);
        if ((input[0] & KEEPS_LENGTH) == 0) {
            ByteBuffer.wrap(log)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putInt(at + RecordLayout.LENGTH, length);
        }
        if ((input[0] & KEEPS_CHECKSUM) == 0) {
            new LogForgery(log).repairRecord(at);
        }
        BytesFile file = new BytesFile(LogForgery.START, log);
        Reader reader = new Reader(file, LogForgery.IDENTITY, SCENE.dictionary(), file.size());
        try {
            decode(reader.readRecord(LogForgery.START + at), reader);
        } catch (StorageException e) {
            requireNamed(e);
        }
    }

    private static void decode(RawRecord record, Reader reader) throws IOException {
        switch (record.kind()) {
            case RecordKind.DICTIONARY -> dictionary(record);
            case RecordKind.CHUNK -> ChunkCodec.decode(record, RecordScene.KEY, SCENE.dictionary());
            case RecordKind.LOSS -> loss(record);
            case RecordKind.ERASE_MARK -> eraseMark(record);
            default -> version(new VersionRecord(record), reader);
        }
    }

    private static void requireNamed(StorageException refusal) {
        if (!(refusal instanceof CorruptDataException)) {
            throw new AssertionError("refused, but not as corrupt", refusal);
        }
    }

    private static void dictionary(RawRecord record) {
        TagDictionary read = new TagDictionary();
        read.load(record.body(RecordLayout.PREFIX_BYTES));
        ByteBuffer words = ByteBuffer.allocate(read.encodedBytes()).order(ByteOrder.LITTLE_ENDIAN);
        read.writeTo(words);
        TagDictionary again = new TagDictionary();
        again.load(new RecordBody("again", 0, words.array(), 0));
        for (int number = 0; number <= read.size() + 1; number++) {
            if (!String.valueOf(read.wordOf(number)).equals(String.valueOf(again.wordOf(number)))) {
                throw new AssertionError("word " + number + " changes when it is written again");
            }
        }
    }

    private static void loss(RawRecord record) {
        LossRecord loss = LossRecord.of(frameOf(record));
        ByteBuffer buffer = ByteBuffer.allocate(LossRecord.MAX_BYTES);
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        loss.writeTo(buffer);
        RecordBody body = new RecordBody("again", 0, buffer.array(), 0);
        LossRecord again =
                new LossRecord(body.readLong(), body.readLong(), body.readText(body.readByte()));
        if (!loss.equals(again)) {
            throw new AssertionError(loss + " is read back as " + again);
        }
    }

    private static void eraseMark(RawRecord record) {
        EraseMark mark = EraseMark.of(frameOf(record));
        ByteBuffer buffer = ByteBuffer.allocate((int) mark.maxBytes());
        buffer.order(ByteOrder.LITTLE_ENDIAN).position(RecordLayout.PREFIX_BYTES);
        mark.writeTo(buffer);
        buffer.put(RecordLayout.KIND, RecordKind.ERASE_MARK);
        buffer.put(
                RecordLayout.LIVING_DELTA,
                (byte) (mark.livingDelta() + VersionRecord.DELTA_CODE_OFFSET));
        EraseMark again = EraseMark.of(frameOf(new RawRecord("again", 8, buffer.array())));
        if (!mark.equals(again)) {
            throw new AssertionError(mark + " is read back as " + again);
        }
    }

    private static Frame frameOf(RawRecord record) {
        FrameHeader header =
                new FrameHeader(
                        FrameType.LOSS,
                        FrameLayout.HEADER_BYTES
                                + record.bytes().length
                                + FrameLayout.TRAILER_BYTES,
                        1,
                        1,
                        LogForgery.START,
                        0,
                        0,
                        1,
                        1,
                        Digest.ZERO,
                        0);
        return new Frame(header, List.of(record), 0);
    }

    private static void version(VersionRecord version, Reader reader) throws IOException {
        TagDictionary dictionary = reader.dictionary();
        version.livingDelta();
        boolean isOfScene = version.isOf(RecordScene.KEY, dictionary);
        if (isOfScene != version.key(dictionary).equals(RecordScene.KEY)) {
            throw new AssertionError("isOf and key differ");
        }
        Entity entity = version.toEntity(reader);
        requireSameEntityAgain(version, entity, reader);
        walk(version, reader);
        requireWholeContent(entity);
    }

    private static void walk(VersionRecord version, Reader reader) {
        VersionChain chain = new VersionChain(reader);
        try {
            VersionRecord first = chain.newest(version, at -> at.number() == 1);
            if (first != null && first.number() != 1) {
                throw new AssertionError("walked to version " + first.number());
            }
            chain.jumpPositionAfter(version);
        } catch (StorageException e) {
            requireNamed(e);
        }
    }

    /** As many bytes as it says, or none of it. */
    private static void requireWholeContent(Entity entity) throws IOException {
        try (InputStream in = entity.content().source().open()) {
            long length = in.readAllBytes().length;
            if (length != entity.content().length()) {
                throw new AssertionError(
                        length + " bytes of a content of " + entity.content().length());
            }
        } catch (StorageException e) {
            requireNamed(e);
        }
    }

    /** Written again, the record says the same. */
    private static void requireSameEntityAgain(
            VersionRecord version, Entity entity, Reader reader) {
        List<DraftTag> tags = new ArrayList<>();
        entity.tags().forEach((tag, at) -> tags.add(DraftTag.of(tag, at.epochNanos())));
        boolean isInherited =
                tags.stream().allMatch(tag -> tag.assertedAt() > 0) && version.createdAt() > 0;
        if (!isInherited) {
            return;
        }
        RawRecord raw = version.raw();
        VersionDraft draft =
                RecordScene.draft(version.number(), 0, new byte[0], contentOf(version, reader))
                        .toBuilder()
                        .key(entity.key())
                        .kind(entity.version().kind())
                        .previousPosition(version.previousPosition())
                        .jumpPosition(version.jumpPosition())
                        .createdAt(version.createdAt())
                        .createdBy(entity.createdBy())
                        .principal(entity.version().principal())
                        .tags(tags)
                        .mediaType(entity.content().mediaType())
                        .contentLength(entity.content().length())
                        .contentDigest(entity.content().digest())
                        .build();
        ByteBuffer buffer = ByteBuffer.allocate(raw.bytes().length * 4 + 4096);
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        new RecordEncoder(reader.dictionary(), new Checksum(LogForgery.IDENTITY))
                .putVersion(
                        buffer,
                        raw.position(),
                        draft,
                        new Commitment(version.sequence(), version.commitTime()),
                        List.of());
        byte[] bytes = Arrays.copyOf(buffer.array(), buffer.position());
        Entity again =
                new VersionRecord(new RawRecord("again", raw.position(), bytes)).toEntity(reader);
        if (!again.equals(entity)) {
            throw new AssertionError(entity + " is read back as " + again);
        }
    }

    /** What stands for the content; only its place in the record matters. */
    private static DraftContent contentOf(VersionRecord version, Reader reader) {
        if (version.isErased()) {
            return new DraftContent.Empty();
        }
        byte[] bytes = version.raw().bytes();
        int from = version.contentIndex(reader.dictionary());
        return switch (version.raw().contentForm()) {
            case ContentForm.INLINE ->
                    new DraftContent.Inline(
                            Arrays.copyOfRange(
                                    bytes, from, from + Math.toIntExact(version.contentLength())));
            case ContentForm.EARLIER ->
                    new DraftContent.Earlier(version.contentPosition(reader.dictionary()));
            default -> new DraftContent.Empty();
        };
    }

    /** Inputs that are accepted, one of each kind. */
    public static List<byte[]> seeds() {
        List<byte[]> inputs = new ArrayList<>();
        long first = SCENE.inlinePosition();
        byte[] text = RecordScene.CONTENT;
        inputs.add(input(RecordScene.draft(1, 0, text, new DraftContent.Inline(text)), List.of()));
        inputs.add(
                input(
                        RecordScene.draft(2, first, text, new DraftContent.Earlier(first)),
                        List.of()));
        inputs.add(
                input(
                        RecordScene.draft(
                                3,
                                SCENE.chunkedPosition(),
                                RecordScene.CHUNK,
                                new DraftContent.Chunks(List.of(RecordScene.CHUNK))),
                        List.of(SCENE.chunkPosition())));
        inputs.add(
                input(RecordScene.draft(1, 0, new byte[0], new DraftContent.Empty()), List.of()));
        inputs.add(input(RecordKind.DICTIONARY, dictionaryBody()));
        inputs.add(input(RecordKind.LOSS, lossBody()));
        inputs.add(input(RecordKind.CHUNK, chunkBody()));
        byte[] mark = input(RecordKind.ERASE_MARK, markBody());
        mark[1 + RecordLayout.LIVING_DELTA] = VersionRecord.DELTA_CODE_OFFSET;
        inputs.add(mark);
        return inputs;
    }

    private static byte[] input(VersionDraft draft, List<Long> chunks) {
        byte[] record = SCENE.record(draft, 3, chunks);
        byte[] input = new byte[1 + record.length];
        System.arraycopy(record, 0, input, 1, record.length);
        return input;
    }

    private static byte[] input(byte kind, byte[] body) {
        byte[] input = new byte[1 + aligned(RecordLayout.PREFIX_BYTES + body.length)];
        input[1 + RecordLayout.KIND] = kind;
        System.arraycopy(body, 0, input, 1 + RecordLayout.PREFIX_BYTES, body.length);
        return input;
    }

    private static byte[] dictionaryBody() {
        ByteBuffer buffer =
                ByteBuffer.allocate(SCENE.dictionary().encodedBytes())
                        .order(ByteOrder.LITTLE_ENDIAN);
        SCENE.dictionary().writeTo(buffer);
        return buffer.array();
    }

    private static byte[] lossBody() {
        ByteBuffer buffer =
                ByteBuffer.allocate(LossRecord.MAX_BYTES).order(ByteOrder.LITTLE_ENDIAN);
        new LossRecord(2, 3_000, "tester").writeTo(buffer);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static byte[] markBody() {
        EraseMark mark =
                new EraseMark(
                        1,
                        RecordScene.KEY,
                        2,
                        3_000,
                        "tester",
                        0,
                        List.of(new EraseMark.Target(SCENE.inlinePosition(), 200, 7)));
        ByteBuffer buffer =
                ByteBuffer.allocate((int) mark.maxBytes()).order(ByteOrder.LITTLE_ENDIAN);
        mark.writeTo(buffer);
        return Arrays.copyOf(buffer.array(), buffer.position());
    }

    private static byte[] chunkBody() {
        byte[] text = RecordScene.CHUNK;
        return ByteBuffer.allocate(Integer.BYTES + 1 + 1 + 1 + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(text.length)
                .put((byte) 1)
                .put((byte) 1)
                .put(RecordScene.KEY.id().getBytes(StandardCharsets.UTF_8))
                .put(text)
                .array();
    }

    private static int aligned(int bytes) {
        return (bytes + FrameLayout.ALIGNMENT - 1) & -FrameLayout.ALIGNMENT;
    }
}
