package io.entitydb.storage.repair;

import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.FrameSearch;

import org.jspecify.annotations.Nullable;

/** Steps through the intact frame headers of a file, past whatever is damaged. */
final class FrameWalk {

    private final SourceFile source;
    private final FrameReader frames;
    private final FrameSearch search;
    private long position;

    FrameWalk(SourceFile source, long from) {
        this.source = source;
        frames = source.frames();
        search = source.search();
        position = from;
    }

    /** A walk from the first frame on. */
    static FrameWalk of(SourceFile source) {
        return new FrameWalk(source, Header.DATA_OFFSET);
    }

    /** Goes on elsewhere. */
    void moveTo(long newPosition) {
        position = newPosition;
    }

    /** Where {@link #header} has found one. */
    long position() {
        return position;
    }

    /** The header at the position, or the next one; null at the end. */
    @Nullable FrameHeader header() {
        FrameHeader header = frames.peek(position, source.limit());
        if (header == null) {
            header = search.next(position).header();
            position = header == null ? source.limit() : header.position();
        }
        return header;
    }

    /** The frame of a header that was found; null if more of it than the header is needed. */
    @Nullable Frame frame(FrameHeader header) {
        return switch (frames.read(header.position(), source.limit())) {
            case FrameRead.Intact(Frame frame) -> frame;
            case FrameRead.Broken b -> null;
        };
    }
}
