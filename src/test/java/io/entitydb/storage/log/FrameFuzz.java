package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.io.BytesFile;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;

/**
 * Reads a log from any bytes: frame by frame along the chain, then past whatever is damaged.
 *
 * <p><b>Shape of an input:</b> a byte that says which checksums are made to fit; the log from its
 * first frame on.
 */
public final class FrameFuzz {

    static final int REPAIRS_HEADERS = 1;
    static final int REPAIRS_RECORDS = 2;
    static final int REPAIRS_TRAILERS = 4;
    static final int REPAIRS_CHAIN = 8;
    static final int SEARCHES_SEED = 16;
    static final int REPAIRS_ALL =
            REPAIRS_HEADERS | REPAIRS_RECORDS | REPAIRS_TRAILERS | REPAIRS_CHAIN | SEARCHES_SEED;

    private FrameFuzz() {}

    /** What the fuzzer calls. */
    public static void fuzzerTestOneInput(byte[] input) {
        if (input.length == 0) {
            return;
        }
        byte[] log = Arrays.copyOfRange(input, 1, input.length);
        new LogForgery(log)
                .repair(
                        new LogForgery.Extent(
                                has(input, REPAIRS_HEADERS),
                                has(input, REPAIRS_RECORDS),
                                has(input, REPAIRS_TRAILERS),
                                has(input, REPAIRS_CHAIN)));
        BytesFile file = new BytesFile(LogForgery.START, log);
        LogReading reading = new LogReading(file, followChain(file, log));
        scan(file, log, reading);
        reading.redo();
        if (has(input, SEARCHES_SEED)) {
            reading.search();
        }
    }

    /** Inputs that are accepted. */
    public static List<byte[]> seeds() {
        FrameAppender appender = appender();
        appender.appendDictionary();
        byte[] text = RecordScene.CONTENT;
        appender.append(
                List.of(
                        RecordScene.draft(1, 0, text, new DraftContent.Inline(text)),
                        RecordScene.draft(1, 0, text, new DraftContent.Chunks(List.of(text)))),
                new Commitment(1, 1_000));
        appender.appendLoss(
                new LossRecord(2, 3_000, "tester"), new Commitment(4, 4_000), Digest.ZERO);
        appender.append(
                List.of(RecordScene.draft(1, 0, new byte[0], new DraftContent.Empty())),
                new Commitment(5, 5_000));
        return List.of(input(appender.bytes()), input(history()));
    }

    private static FrameAppender appender() {
        FrameAppender appender =
                new FrameAppender(
                        LogForgery.IDENTITY,
                        new TagDictionary(),
                        1 << 16,
                        new FrameChain(LogForgery.START, 0, 0, 0, 0, Digest.ZERO));
        appender.begin(appender.chain(), 0, 1);
        return appender;
    }

    /** Four versions, one of them in a chunk, and what an erasure of two of them says. */
    private static ByteBuffer history() {
        FrameAppender appender = appender();
        byte[] text = RecordScene.CONTENT;
        long[] at = new long[5];
        for (int number = 1; number <= 4; number++) {
            DraftContent content =
                    number == 3
                            ? new DraftContent.Chunks(List.of(text))
                            : number == 2
                                    ? new DraftContent.Earlier(at[1])
                                    : new DraftContent.Inline(text);
            VersionDraft draft =
                    RecordScene.draft(number, at[number - 1], text, content).toBuilder()
                            .jumpPosition(at[(int) JumpPointers.targetOf(number)])
                            .build();
            at[number] =
                    appender.append(List.of(draft), new Commitment(number, number * 1_000L))[0];
        }
        EraseMark.Target target = new EraseMark.Target(at[1], 200, 0);
        appender.appendEraseMark(
                new EraseMark(1, RecordScene.KEY, 2, 2_000, "tester", 0, List.of(target)));
        return appender.bytes();
    }

    private static byte[] input(ByteBuffer log) {
        byte[] input = new byte[1 + log.remaining() + 16];
        input[0] = REPAIRS_ALL;
        log.get(input, 1, log.remaining());
        return input;
    }

    private static boolean has(byte[] input, int extent) {
        return (input[0] & extent) != 0;
    }

    private static TagDictionary followChain(BytesFile file, byte[] log) {
        FrameReader reader = new FrameReader(file, LogForgery.IDENTITY);
        FrameChain chain = new FrameChain(LogForgery.START, 0, 0, 0, 0, Digest.ZERO);
        TagDictionary dictionary = new TagDictionary();
        while (reader.read(chain.position(), file.size()) instanceof FrameRead.Intact(Frame frame)
                && chain.problemOf(frame) == null) {
            requireSameBytes(frame, log);
            take(frame, dictionary);
            FrameChain next = chain.after(frame.header(), frame.crc());
            if (next.position() <= chain.position()) {
                throw new AssertionError("the chain goes back to " + next.position());
            }
            chain = next;
        }
        return dictionary;
    }

    private static void take(Frame frame, TagDictionary dictionary) {
        try {
            switch (frame.header().type()) {
                case DICTIONARY -> frame.loadInto(dictionary);
                case TRANSACTION -> frame.versions().forEach(version -> version.key(dictionary));
                case LOSS -> LossRecord.of(frame);
                case ERASE_MARK -> EraseMark.of(frame);
                case CHUNK -> {}
            }
        } catch (StorageException e) {
            // Refused by what it holds; the chain goes on.
        }
    }

    private static void scan(BytesFile file, byte[] log, LogReading reading) {
        LogScan scan =
                new LogScan(
                        file,
                        new Checksum(LogForgery.IDENTITY),
                        LogForgery.START,
                        LogForgery.START + log.length);
        long at = LogForgery.START;
        for (LogPart part = scan.next(); part != null; part = scan.next()) {
            if (part.position() != at || part.end() <= at) {
                throw new AssertionError("part from " + part.position() + ", not from " + at);
            }
            long last = at;
            for (RawRecord record : part.records()) {
                if (record.position() < last
                        || record.position() + record.bytes().length > part.end()) {
                    throw new AssertionError("record at " + record.position() + " outside");
                }
                last = record.position() + record.bytes().length;
            }
            reading.read(part);
            at = part.end();
        }
        if (at != LogForgery.START + log.length) {
            throw new AssertionError("the scan ends at " + at);
        }
    }

    /** An intact frame is nothing but its header, its records and its trailer. */
    private static void requireSameBytes(Frame frame, byte[] log) {
        FrameHeader header = frame.header();
        ByteBuffer again = ByteBuffer.allocate(header.length()).order(ByteOrder.LITTLE_ENDIAN);
        again.putInt(FrameLayout.MARKER_VALUE).putInt(header.type().code());
        again.putInt(header.length()).putInt(header.recordCount());
        again.putLong(header.frameNumber()).putLong(header.position());
        again.putLong(header.durableFrame()).putLong(header.headerGeneration());
        again.putLong(header.sequence()).putLong(header.commitTime());
        header.digest().copyTo(again, again.position());
        again.position(FrameLayout.PREVIOUS_CRC);
        again.putInt(header.previousCrc());
        Checksum checksum = new Checksum(LogForgery.IDENTITY);
        again.putInt(checksum.begin().add(again.array(), 0, FrameLayout.HEADER_CRC).end());
        frame.records().forEach(record -> again.put(record.bytes()));
        again.putLong(header.frameNumber()).putInt(header.length()).putInt(frame.crc());
        int from = Math.toIntExact(header.position() - LogForgery.START);
        byte[] found = Arrays.copyOfRange(log, from, from + header.length());
        if (again.hasRemaining() || !Arrays.equals(found, again.array())) {
            throw new AssertionError("frame " + header + " is not written as it was read");
        }
    }
}
