package io.entitydb.storage.header;

import io.entitydb.entity.Digest;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * One thing that holds for every header.
 *
 * <p>The rules are checked in the order of {@link #ALL}, and a rule may rely on those before it; so
 * none of them can overflow, whatever bytes a header was read from.
 *
 * <p><b>Source:</b> FORMAT.md, "Header slot".
 *
 * @param name its name in messages, in kebab-case
 * @param holds whether a header fulfils it
 * @param detail the values that break it
 */
record HeaderRule(String name, Predicate<Header> holds, Function<Header, String> detail) {

    /** What walOffset must fulfil before it is used. */
    static final List<HeaderRule> WAL_OFFSET =
            List.of(
                    new HeaderRule(
                            "wal-offset-not-zero", h -> h.walOffset() != 0, h -> "walOffset is 0"),
                    new HeaderRule(
                            "wal-offset-in-data",
                            h ->
                                    Header.DATA_OFFSET <= h.walOffset()
                                            && h.walOffset() <= h.dataEnd(),
                            h -> "walOffset is %d, data %s".formatted(h.walOffset(), data(h))),
                    new HeaderRule(
                            "wal-offset-aligned",
                            h -> isAligned(h.walOffset()),
                            h -> "walOffset is " + h.walOffset()));

    /** What tagDictOffset must fulfil before it is used. */
    static final List<HeaderRule> TAG_DICT_OFFSET =
            List.of(
                    new HeaderRule(
                            "tag-dict-offset-not-zero",
                            h -> h.tagDictOffset() != 0,
                            h -> "tagDictOffset is 0"),
                    new HeaderRule(
                            "tag-dict-offset-in-data",
                            h ->
                                    Header.DATA_OFFSET <= h.tagDictOffset()
                                            && h.tagDictOffset() < h.dataEnd(),
                            h ->
                                    "tagDictOffset is %d, data %s"
                                            .formatted(h.tagDictOffset(), data(h))),
                    new HeaderRule(
                            "tag-dict-offset-aligned",
                            h -> isAligned(h.tagDictOffset()),
                            h -> "tagDictOffset is " + h.tagDictOffset()),
                    new HeaderRule(
                            "tag-dict-size-positive",
                            h -> h.tagDictSize() > 0,
                            h -> "tagDictSize is " + h.tagDictSize()),
                    new HeaderRule(
                            "tag-dict-end-in-data",
                            h -> h.tagDictSize() <= h.dataEnd() - h.tagDictOffset(),
                            h ->
                                    "%d bytes at %d, data %s"
                                            .formatted(
                                                    h.tagDictSize(), h.tagDictOffset(), data(h))));

    private static final List<HeaderRule> EXTENT =
            List.of(
                    new HeaderRule(
                            "generation-positive",
                            h -> h.generation() >= 1,
                            h -> "generation is " + h.generation()),
                    new HeaderRule(
                            "epoch-positive", h -> h.epoch() >= 1, h -> "epoch is " + h.epoch()),
                    new HeaderRule(
                            "data-size-in-range",
                            h ->
                                    0 <= h.dataSize()
                                            && h.dataSize() <= Long.MAX_VALUE - Header.DATA_OFFSET,
                            h -> "dataSize is " + h.dataSize()),
                    new HeaderRule(
                            "data-size-aligned",
                            h -> isAligned(h.dataSize()),
                            h -> "dataSize is " + h.dataSize()),
                    new HeaderRule(
                            "data-end-in-file",
                            h -> h.dataEnd() <= h.fileSize(),
                            h -> "fileSize is %d, data %s".formatted(h.fileSize(), data(h))));

    private static final List<HeaderRule> CONTENT =
            List.of(
                    new HeaderRule(
                            "checkpoint-sequence-not-negative",
                            h -> h.checkpointSequence() >= 0,
                            h -> "checkpointSequence is " + h.checkpointSequence()),
                    new HeaderRule(
                            "checkpoint-sequence-not-ahead",
                            h -> h.checkpointSequence() <= h.walSequence(),
                            h ->
                                    "checkpointSequence is %d, walSequence %d"
                                            .formatted(h.checkpointSequence(), h.walSequence())),
                    new HeaderRule(
                            "entity-count-not-negative",
                            h -> h.entityCount() >= 0,
                            h -> "entityCount is " + h.entityCount()),
                    new HeaderRule(
                            "last-modified-not-before-creation",
                            h -> h.lastModified() >= h.identity().createdAt(),
                            h ->
                                    "lastModified is %d, createdAt %d"
                                            .formatted(h.lastModified(), h.identity().createdAt())),
                    new HeaderRule(
                            "last-digest-zero-before-first-transaction",
                            h -> h.walSequence() > 0 || h.lastDigest().equals(Digest.ZERO),
                            h -> "walSequence is 0, lastDigest " + h.lastDigest()));

    /** All rules, in the order in which they are checked. */
    static final List<HeaderRule> ALL =
            Stream.of(EXTENT, WAL_OFFSET, TAG_DICT_OFFSET, CONTENT).flatMap(List::stream).toList();

    /** The first of the rules that a header breaks. */
    static Optional<HeaderRule> firstBroken(List<HeaderRule> rules, Header header) {
        return rules.stream().filter(rule -> !rule.holds.test(header)).findFirst();
    }

    /** Refuses a header that breaks a rule. */
    static void requireAll(Header header) {
        firstBroken(ALL, header)
                .ifPresent(
                        rule -> {
                            throw rule.brokenBy(header);
                        });
    }

    /** The error for a header that breaks this rule. */
    HeaderRuleException brokenBy(Header header) {
        return new HeaderRuleException(name, detail.apply(header));
    }

    private static boolean isAligned(long offset) {
        return offset % Header.FRAME_ALIGNMENT == 0;
    }

    private static String data(Header header) {
        return "[" + Header.DATA_OFFSET + ", " + header.dataEnd() + ")";
    }
}
