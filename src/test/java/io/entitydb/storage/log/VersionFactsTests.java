package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.entity.EntityKey;
import io.entitydb.entity.Tag;
import io.entitydb.storage.error.CorruptDataException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The logical facts of a version: each of them changes its digest, and its content is checked. */
class VersionFactsTests {

    private final WrittenLog log = new WrittenLog();
    private final long first = log.add(WrittenLog.KEY, 1, 0);

    private VersionFacts facts(long position) {
        return VersionFacts.of(log.reader().readVersion(position), log.dictionary());
    }

    private long add(UnaryOperator<VersionDraft.VersionDraftBuilder> change) {
        return log.add(
                change.apply(WrittenLog.draft(WrittenLog.KEY, 2, first).toBuilder()).build());
    }

    private void requireDigestOf(VersionDraft draft) {
        assertThat(facts(log.add(draft)).digest()).isEqualTo(RecordDigest.of(draft));
    }

    @Test
    void digestOfARecordIsThatOfItsDraft() {
        VersionDraft draft = WrittenLog.draft(WrittenLog.KEY, 2, first);
        VersionDraft tagged =
                draft.toBuilder()
                        .tags(
                                List.of(
                                        DraftTag.of(new Tag("type", "note"), 0),
                                        DraftTag.of(new Tag("type", "other"), 500)))
                        .build();

        requireDigestOf(draft);
        requireDigestOf(
                draft.toBuilder()
                        .salt(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 6, 7})
                        .build());
        requireDigestOf(draft.toBuilder().kind(ChangeKind.RESTORE).build());
        requireDigestOf(draft.toBuilder().number(3).build());
        requireDigestOf(draft.toBuilder().key(new EntityKey("elsewhere", "b")).build());
        requireDigestOf(draft.toBuilder().principal("somebody").createdBy("else").build());
        requireDigestOf(draft.toBuilder().mediaType("text/html").build());
        requireDigestOf(draft.toBuilder().tags(List.of()).build());
        requireDigestOf(tagged);
        requireDigestOf(draft.toBuilder().contentDigest(Digest.sha256(new byte[] {9})).build());
    }

    @Test
    void whoMadeTheEntityIsNoFactOfTheVersion() {
        long one = add(draft -> draft.createdBy("one"));
        long other = add(draft -> draft.createdBy("another"));

        assertThat(facts(one).digest()).isEqualTo(facts(other).digest());
    }

    @Test
    void entityIsNamed() {
        assertThat(facts(first).key()).isEqualTo(WrittenLog.KEY);
        assertThat(facts(log.add(WrittenLog.OTHER, 1, 0)).key()).isEqualTo(WrittenLog.OTHER);
    }

    @Test
    void digestOfAnErasedVersionIsTheOneThatItNames() {
        RawRecord raw = log.reader().readRecord(first);
        byte[] erased = ErasedForm.of(raw, new Checksum(LogForgery.IDENTITY));

        VersionFacts facts = VersionFacts.of(new VersionRecord(raw.with(erased)), log.dictionary());

        assertThat(facts.digest()).isEqualTo(raw.digest());
        assertThat(facts.key()).isEqualTo(WrittenLog.KEY);
        assertThat(facts.contentProblem(log.reader())).isNull();
    }

    @Test
    void tagsAreAsManyAsAnEntityCanHave() {
        List<DraftTag> tags = new ArrayList<>();
        for (int i = 0; i < Entity.MAX_TAGS; i++) {
            tags.add(DraftTag.of(new Tag("type", "%04d".formatted(i)), 0));
        }
        requireDigestOf(WrittenLog.draft(WrittenLog.KEY, 2, first).toBuilder().tags(tags).build());
        long most = add(draft -> draft.tags(tags));
        assertThat(log.reader().readVersion(most).toEntity(log.reader()).tags())
                .hasSize(Entity.MAX_TAGS);
        tags.add(DraftTag.of(new Tag("type", "one more"), 0));
        long many = add(draft -> draft.tags(tags));
        VersionRecord version = log.reader().readVersion(many);

        assertThatThrownBy(() -> facts(many))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("version with " + (Entity.MAX_TAGS + 1) + " tags");
        assertThatThrownBy(() -> version.toEntity(log.reader()))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("version with " + (Entity.MAX_TAGS + 1) + " tags");
    }

    private String problem(long position) {
        return String.valueOf(facts(position).contentProblem(log.reader()));
    }

    @Test
    void contentThatIsWhatItSaysHasNoProblem() {
        byte[] piece = {1, 2, 3};
        Digest twice = Digest.sha256(new byte[] {1, 2, 3, 1, 2, 3});

        assertThat(problem(first)).isEqualTo("null");
        assertThat(
                        problem(
                                add(
                                        draft ->
                                                draft.content(new DraftContent.Empty())
                                                        .contentLength(0)
                                                        .contentDigest(
                                                                Digest.sha256(new byte[0])))))
                .isEqualTo("null");
        assertThat(
                        problem(
                                add(
                                        draft ->
                                                draft.content(
                                                                new DraftContent.Chunks(
                                                                        List.of(piece, piece)))
                                                        .contentLength(6)
                                                        .contentDigest(twice))))
                .isEqualTo("null");
    }

    @Test
    void contentHasItsLengthAndDigest() {
        Digest other = Digest.sha256(new byte[] {1});

        assertThat(problem(add(draft -> draft.contentDigest(other)))).startsWith("digest ");
        assertThat(
                        problem(
                                add(
                                        draft ->
                                                draft.content(
                                                                new DraftContent.Chunks(
                                                                        List.of(new byte[3])))
                                                        .contentLength(4))))
                .isEqualTo("3 bytes of 4");
        assertThat(problem(add(draft -> draft.content(new DraftContent.Empty()))))
                .isEqualTo("0 bytes of 6");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1})
    void contentWithinTheRecordIsBounded(int more) {
        byte[] bytes = new byte[RecordLayout.MAX_INLINE_BYTES + more];
        long position =
                add(
                        draft ->
                                draft.content(new DraftContent.Inline(bytes))
                                        .contentLength(bytes.length)
                                        .contentDigest(Digest.sha256(bytes)));

        assertThat(problem(position))
                .isEqualTo(more == 0 ? "null" : bytes.length + " bytes within the record");
    }

    @Test
    void contentThatPassesTheRecordIsRefused() {
        long position = add(draft -> draft.contentLength(60_000));

        assertThatThrownBy(() -> problem(position))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("record ends within its parts");
    }

    private String problemOfEarlier(
            long number, long holder, UnaryOperator<VersionDraft.VersionDraftBuilder> change) {
        VersionDraft draft =
                change.apply(
                                WrittenLog.draft(WrittenLog.KEY, number, first).toBuilder()
                                        .content(new DraftContent.Earlier(holder)))
                        .build();
        return problem(log.add(draft));
    }

    /** The content of version 1, in a later version. */
    private static VersionDraft.VersionDraftBuilder ofTheFirst(
            VersionDraft.VersionDraftBuilder draft) {
        VersionDraft first = WrittenLog.draft(WrittenLog.KEY, 1, 0);
        return draft.contentLength(first.contentLength()).contentDigest(first.contentDigest());
    }

    @Test
    void earlierVersionHoldsTheSameContentOfTheSameEntity() {
        long other = log.add(WrittenLog.OTHER, 1, 0);
        String notHeld = " does not hold it";

        assertThat(problemOfEarlier(2, first, VersionFactsTests::ofTheFirst)).isEqualTo("null");
        assertThat(problemOfEarlier(2, other, VersionFactsTests::ofTheFirst)).endsWith(notHeld);
        assertThat(problemOfEarlier(2, first, draft -> ofTheFirst(draft).contentLength(7)))
                .endsWith(notHeld);
        assertThat(problemOfEarlier(2, first, draft -> draft)).endsWith(notHeld);
        long referring = add(draft -> ofTheFirst(draft).content(new DraftContent.Earlier(first)));
        assertThat(problemOfEarlier(3, referring, VersionFactsTests::ofTheFirst))
                .isEqualTo("version at " + referring + notHeld);
    }

    @Test
    void contentNeverRefersForward() {
        long own = log.end() + FrameLayout.HEADER_BYTES;

        assertThat(problemOfEarlier(2, own, VersionFactsTests::ofTheFirst))
                .isEqualTo("content refers forward to " + own);
        long next = log.end() + FrameLayout.HEADER_BYTES;
        assertThat(
                        problem(
                                add(
                                        draft ->
                                                draft.content(
                                                        new DraftContent.Uploaded(
                                                                List.of(next), () -> true)))))
                .isEqualTo("content refers forward to " + next);
    }

    @Test
    void formThatIsUnknownIsAProblem() {
        RawRecord raw = log.reader().readRecord(first);
        byte[] bytes = raw.bytes().clone();
        ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put(RecordLayout.CONTENT_FORM, (byte) 9);

        VersionFacts facts = VersionFacts.of(new VersionRecord(raw.with(bytes)), log.dictionary());

        assertThat(facts.contentProblem(log.reader())).isEqualTo("content form 9");
    }
}
