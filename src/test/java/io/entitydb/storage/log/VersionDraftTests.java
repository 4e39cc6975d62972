package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Digest;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

class VersionDraftTests {

    @ParameterizedTest
    @CsvSource({
        "PUT, 0, 1",
        "PUT, 1000, 0",
        "DELETE, 1000, -1",
        "RESTORE, 0, 1",
        "ERASED, 1000, 0"
    })
    void kindTellsWhetherOneMoreEntityLives(ChangeKind kind, long createdAt, int delta) {
        VersionDraft draft =
                WrittenLog.draft(WrittenLog.KEY, 1, 0).toBuilder()
                        .kind(kind)
                        .createdAt(createdAt)
                        .build();

        assertThat(draft.livingDelta()).isEqualTo(delta);
    }

    /** A draft whose record is as long as its parts allow. */
    private static VersionDraft.VersionDraftBuilder longest() {
        List<DraftTag> tags = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            tags.add(DraftTag.of(new Tag("n".repeat(60) + (char) ('a' + i % 26), "v" + i), 0));
        }
        return WrittenLog.draft(new EntityKey("d".repeat(63), "\u00e4".repeat(127)), 1, 0)
                .toBuilder()
                .principal("\u20ac".repeat(80))
                .createdBy("\u20ac".repeat(79))
                .mediaType("text/" + "m".repeat(100))
                .tags(tags);
    }

    private static void requireBound(VersionDraft draft) {
        FrameAppender appender = appender();
        long before = appender.bytes().remaining();

        appender.append(List.of(draft), new Commitment(1, 1_000));

        long frame = FrameLayout.HEADER_BYTES + (long) FrameLayout.TRAILER_BYTES;
        long taken = appender.bytes().remaining() - before - frame;
        assertThat(taken).isPositive().isLessThanOrEqualTo(draft.maxBytes());
    }

    /** Words of drafts are written out: the dictionary is full. */
    private static FrameAppender appender() {
        TagDictionary full = new TagDictionary();
        for (int i = 0; i < TagDictionary.MAX_WORDS; i++) {
            full.learn("word" + i);
        }
        full.written();
        FrameChain start = new FrameChain(LogForgery.START, 0, 0, 0, 0, Digest.ZERO);
        FrameAppender appender = new FrameAppender(LogForgery.IDENTITY, full, 4 << 20, start);
        appender.begin(start, 0, 1);
        return appender;
    }

    @Test
    void recordAndChunksAreWithinTheBound() {
        byte[] piece = new byte[1_000];
        DraftContent chunks = new DraftContent.Chunks(Collections.nCopies(1_000, piece));
        List<Long> positions = Collections.nCopies(10_000, LogForgery.START);

        requireBound(longest().build());
        requireBound(longest().content(new DraftContent.Empty()).build());
        requireBound(longest().content(new DraftContent.Inline(new byte[60_000])).build());
        requireBound(longest().content(new DraftContent.Earlier(LogForgery.START)).build());
        requireBound(longest().content(chunks).build());
        requireBound(longest().content(new DraftContent.Uploaded(positions, () -> true)).build());
    }

    @Test
    void boundGrowsWithEachPartByWhatItTakes() {
        VersionDraft draft = WrittenLog.draft(WrittenLog.KEY, 1, 0);
        long most = draft.maxBytes();
        List<DraftTag> tags = new ArrayList<>(draft.tags());
        tags.add(DraftTag.of(new Tag("type", "12345"), 0));

        assertThat(draft.toBuilder().principal("tester+").build().maxBytes() - most).isEqualTo(4);
        assertThat(draft.toBuilder().createdBy("maker+").build().maxBytes() - most).isEqualTo(4);
        assertThat(draft.toBuilder().mediaType("text/plain+").build().maxBytes() - most)
                .isEqualTo(4);
        assertThat(draft.toBuilder().key(new EntityKey("defaultx", "a")).build().maxBytes() - most)
                .isEqualTo(4);
        assertThat(draft.toBuilder().key(new EntityKey("default", "ab")).build().maxBytes() - most)
                .isEqualTo(4);
        assertThat(draft.toBuilder().tags(tags).build().maxBytes() - most).isEqualTo(4 + 5 + 24);
        assertThat(
                        draft.toBuilder()
                                        .content(new DraftContent.Inline(new byte[7]))
                                        .build()
                                        .maxBytes()
                                - most)
                .isEqualTo(1);
    }
}
