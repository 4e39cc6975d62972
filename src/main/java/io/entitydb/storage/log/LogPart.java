package io.entitydb.storage.log;

import java.util.List;

/** A stretch of a log, as {@link LogScan} finds it. The parts of a scan follow without gaps. */
public sealed interface LogPart {

    /** Where it begins. */
    long position();

    /** Position right behind it. */
    long end();

    /** What of it can be read: records whose checksums hold, in the order of their positions. */
    List<RawRecord> records();

    /**
     * A frame all of whose checksums hold. Whether it continues the one before is for the caller to
     * check.
     */
    record Sound(Frame frame) implements LogPart {

        @Override
        public long position() {
            return frame.header().position();
        }

        @Override
        public long end() {
            return frame.header().end();
        }

        @Override
        public List<RawRecord> records() {
            return frame.records();
        }
    }

    /**
     * A frame whose header holds, and something behind it does not.
     *
     * @param header its header, which vouches for its place, its length and its transaction
     * @param crc the checksum that its trailer names; only of use if the trailer holds
     * @param isChained whether the trailer holds: then number, lengths and digests of all records
     *     are as they were written, and the chain goes on behind this frame
     * @param records those whose checksums hold
     * @param reason which rule failed first
     */
    record Wounded(
            FrameHeader header, int crc, boolean isChained, List<RawRecord> records, String reason)
            implements LogPart {

        /** Copies the list. */
        public Wounded {
            records = List.copyOf(records);
        }

        @Override
        public long position() {
            return header.position();
        }

        @Override
        public long end() {
            return header.end();
        }
    }

    /**
     * Bytes up to the next intact frame header, or to the end.
     *
     * @param records found among them, by their own checksums
     * @param reason why no frame is seen where it begins
     * @param isUnreadable whether the device could not read some of it
     */
    record Gap(
            long position, long end, List<RawRecord> records, String reason, boolean isUnreadable)
            implements LogPart {

        /** Copies the list. */
        public Gap {
            records = List.copyOf(records);
        }
    }

    /** Zeros up to the end of what was to be read. */
    record Blank(long position, long end) implements LogPart {

        @Override
        public List<RawRecord> records() {
            return List.of();
        }
    }
}
