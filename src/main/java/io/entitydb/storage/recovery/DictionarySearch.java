package io.entitydb.storage.recovery;

import io.entitydb.storage.error.CorruptDataException;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.io.DiskFile;
import io.entitydb.storage.log.Frame;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameRead;
import io.entitydb.storage.log.FrameReader;
import io.entitydb.storage.log.FrameSearch;
import io.entitydb.storage.log.FrameType;
import io.entitydb.storage.log.TagDictionary;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

/**
 * Looks for copies of the dictionary in a log: every dictionary frame holds all words there were
 * when it was written. Reads the headers of frames, past whatever is damaged.
 */
@RequiredArgsConstructor
final class DictionarySearch {

    private final DiskFile file;
    private final FrameReader frames;
    private final long limit;

    /**
     * Loads another copy in place of one that is damaged, if there is one with the very same words.
     *
     * <p>That it has all of them must be certain: a word that was forgotten would give its number
     * to another one. A frame that ends at a checkpoint was written by that as a copy of the one
     * before. Of any other the damaged one itself must tell the same number of words, and nothing
     * behind them.
     *
     * @param checkpoint border of the checkpoint that is gone on from
     * @return whether one was found
     */
    boolean replace(Header header, long checkpoint, TagDictionary dictionary) {
        long damaged = header.tagDictOffset();
        boolean isCopy = damaged + header.tagDictSize() == checkpoint;
        Newest newest = new Newest(header);
        each(Header.DATA_OFFSET, newest);
        Frame found = newest.found;
        boolean isWhole =
                found != null
                        && ((isCopy && !newest.isInterrupted) || found.hasWordsOf(file, damaged));
        if (found == null || !isWhole) {
            return false;
        }
        found.loadInto(dictionary);
        return true;
    }

    /** Loads every intact copy from a position on. */
    void loadAll(long from, TagDictionary dictionary) {
        each(
                from,
                header -> {
                    if (frames.read(header.position(), limit)
                            instanceof FrameRead.Intact(Frame frame)) {
                        load(frame, dictionary);
                    }
                });
    }

    private static void load(Frame frame, TagDictionary dictionary) {
        try {
            frame.loadInto(dictionary);
        } catch (CorruptDataException e) {
            // One that contradicts the others is told of where the log is read.
        }
    }

    /** The last intact frame of the size that the header tells, but the one that it names. */
    @RequiredArgsConstructor
    private final class Newest implements Visitor {

        private final Header header;
        private @Nullable Frame found;

        /** Whether another one, which cannot be read, may stand between that and the named one. */
        private boolean isInterrupted;

        @Override
        public void dictionary(FrameHeader candidate) {
            if (candidate.position() >= header.tagDictOffset()) {
                return;
            }
            isInterrupted = true;
            if (candidate.length() == header.tagDictSize()
                    && frames.read(candidate.position(), limit)
                            instanceof FrameRead.Intact(Frame frame)) {
                found = frame;
                isInterrupted = false;
            }
        }

        @Override
        public void unreadable(long position) {
            isInterrupted |= position < header.tagDictOffset();
        }
    }

    /** Is told what a log holds, in order. */
    private interface Visitor {

        void dictionary(FrameHeader header);

        /** No frame's header stands where one should. */
        default void unreadable(long position) {}
    }

    private void each(long from, Visitor visitor) {
        FrameSearch search = new FrameSearch(file, frames, from, limit);
        long at = from;
        while (at < limit) {
            FrameHeader header = frames.peek(at, limit);
            if (header == null) {
                visitor.unreadable(at);
                header = search.next(at).header();
            }
            if (header == null) {
                return;
            }
            if (header.type() == FrameType.DICTIONARY) {
                visitor.dictionary(header);
            }
            at = header.end();
        }
    }
}
