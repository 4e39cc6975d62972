package io.entitydb.storage.repair;

import io.entitydb.storage.index.ImageScan;

import lombok.RequiredArgsConstructor;

import org.jspecify.annotations.Nullable;

/** The kinds of findings. Their codes do not change. */
@RequiredArgsConstructor
public enum FindingCode {
    /** A header slot breaks one of its rules. */
    HEADER_SLOT_INVALID("header-slot-invalid", Severity.DAMAGE),
    /** A header slot is not valid, as a crash may leave it; the next publication cures it. */
    HEADER_SLOT_TORN("header-slot-torn", Severity.NOTICE),
    /** The two slots do not follow each other. */
    HEADER_SLOTS_DISAGREE("header-slots-disagree", Severity.DAMAGE),
    /** A header says something else than the log. */
    HEADER_DISAGREES("header-disagrees", Severity.DAMAGE),
    /** The file is shorter than its header says. */
    FILE_TOO_SHORT("file-too-short", Severity.DAMAGE),
    /** Bytes where a frame should begin, and none does. */
    FRAME_MISSING("frame-missing", Severity.DAMAGE),
    /** A frame whose header holds, and something behind it does not. */
    FRAME_DAMAGED("frame-damaged", Severity.DAMAGE),
    /** A record whose checksum fails, within a frame that is whole otherwise. */
    RECORD_DAMAGED("record-damaged", Severity.DAMAGE),
    /** The device does not give the bytes. */
    UNREADABLE("unreadable", Severity.DAMAGE),
    /** A frame that does not follow the one before it. */
    FRAME_CHAIN_BROKEN("frame-chain-broken", Severity.DAMAGE),
    /** A transaction that does not follow the one before it. */
    SEQUENCE_BROKEN("sequence-broken", Severity.DAMAGE),
    /** A transaction's digest is not that of its records and of history before. */
    TRANSACTION_DIGEST_DIFFERS("transaction-digest-differs", Severity.DAMAGE),
    /** A version's digest is not that of its facts. */
    RECORD_DIGEST_DIFFERS("record-digest-differs", Severity.DAMAGE),
    /** A version, chunk or dictionary that is intact and does not decode. */
    RECORD_MALFORMED("record-malformed", Severity.DAMAGE),
    /** A content is not there, or not the one that was written. */
    CONTENT_DIFFERS("content-differs", Severity.DAMAGE),
    /** A version does not follow the one that it names as previous. */
    VERSION_CHAIN_BROKEN("version-chain-broken", Severity.DAMAGE),
    /** A dictionary gives a word another number. */
    DICTIONARY_CONTRADICTS("dictionary-contradicts", Severity.DAMAGE),
    /** What an erasure should have destroyed is still there. */
    ERASURE_INCOMPLETE("erasure-incomplete", Severity.DAMAGE),
    /** A crash cut an erasure short; the next opening goes on with it. */
    ERASURE_PENDING("erasure-pending", Severity.NOTICE),
    /** The image of the entity index does not verify. */
    INDEX_DAMAGED("index-damaged", Severity.DAMAGE),
    /** The image of the entity index leads elsewhere than the log. */
    INDEX_DISAGREES("index-disagrees", Severity.DAMAGE),
    /** The image of the entity index belongs to another file or history; it will be made anew. */
    INDEX_FOREIGN("index-foreign", Severity.NOTICE),
    /** The search index does not verify. */
    SEARCH_DAMAGED("search-damaged", Severity.DAMAGE),
    /** The search index tells something else than the log. */
    SEARCH_DISAGREES("search-disagrees", Severity.DAMAGE),
    /** The search index belongs to another file or history; it will be made anew. */
    SEARCH_FOREIGN("search-foreign", Severity.NOTICE),
    /** Bytes behind the end that a crash may have left; nothing in them was acknowledged. */
    TORN_TAIL("torn-tail", Severity.NOTICE),
    /** Transactions that a repair gave up, and somebody accepted that. */
    ACCEPTED_LOSS("accepted-loss", Severity.NOTICE);

    private final String code;
    private final Severity severity;

    /** Its name in kebab-case. */
    public String code() {
        return code;
    }

    /** How much it means. */
    public Severity severity() {
        return severity;
    }

    /**
     * What is to be deleted, because it is derived from the log and is made again when the store is
     * opened; null if it is about the log itself.
     */
    public @Nullable String derived() {
        return switch (this) {
            case INDEX_DAMAGED, INDEX_DISAGREES -> ImageScan.fileName();
            case SEARCH_DAMAGED, SEARCH_DISAGREES -> "query/";
            default -> null;
        };
    }
}
