package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;
import io.entitydb.storage.io.BytesFile;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.List;

/** Records that are copied into a file whose dictionary numbers their words alike, or otherwise. */
class RecordCopyTests {

    private static final FrameChain START =
            new FrameChain(LogForgery.START, 0, 0, 0, 0, Digest.ZERO);
    private static final Commitment FIRST = new Commitment(1, 1_000);
    private static final RecordCopy.Links NO_LINKS = new RecordCopy.Links(0, 0, 1);

    private final RecordScene scene = new RecordScene();
    private final Reader source =
            new Reader(
                    new BytesFile(LogForgery.START, scene.bytes(0)),
                    LogForgery.IDENTITY,
                    scene.dictionary(),
                    scene.position());
    private final TagDictionary words = new TagDictionary();
    private final FrameAppender appender =
            new FrameAppender(LogForgery.IDENTITY, words, 1 << 16, START);

    @BeforeEach
    void begin() {
        appender.begin(START, 0, 1);
    }

    private void learn(boolean areOthers) {
        if (areOthers) {
            words.learn("another word");
        }
        appender.learn(scene.dictionary());
        assertThat(words.agreesWith(scene.dictionary())).isEqualTo(!areOthers);
    }

    private RecordCopy.Whole copyOf(VersionRecord version, CopiedContent content) {
        return new RecordCopy.Whole(version, scene.dictionary(), NO_LINKS, content);
    }

    /** The copy, read from the file that it was written into. */
    private VersionRecord copied(RecordCopy.Whole copy) {
        List<RecordCopy> copies = List.of(copy);
        var function =
                RecordDigest.ofTransaction(
                        appender.chain().digest(), FIRST.sequence(), FIRST.commitTime());
        copy.digest().updateTo(function);
        int before = appender.bytes().remaining();
        long most = appender.maxCopyBytes(copies);
        long at = appender.appendCopies(copies, FIRST, Digest.of(function.digest()))[0];
        assertThat(appender.bytes().remaining() - before).isLessThanOrEqualTo((int) most);
        return target().readVersion(at);
    }

    private Reader target() {
        ByteBuffer frames = appender.bytes();
        byte[] bytes = new byte[frames.remaining()];
        frames.get(bytes);
        BytesFile file = new BytesFile(LogForgery.START, bytes);
        return new Reader(file, LogForgery.IDENTITY, words, file.size());
    }

    private VersionRecord inline() {
        return source.readVersion(scene.inlinePosition());
    }

    private void requireSame(VersionRecord copy, VersionRecord original, byte[] content) {
        Entity entity = copy.toEntity(target());
        assertThat(entity).isEqualTo(original.toEntity(source));
        assertThat(entity.content().bytes()).isEqualTo(content);
        assertThat(copy.digest()).isEqualTo(original.digest());
        assertThat(copy.livingDelta()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void versionIsCopiedWithItsContent(boolean areOthers) {
        learn(areOthers);

        VersionRecord copy = copied(copyOf(inline(), new CopiedContent.Same()));

        requireSame(copy, inline(), RecordScene.CONTENT);
        assertThat(copy.raw().contentForm()).isEqualTo(ContentForm.INLINE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void contentThatStoodElsewhereIsMovedIntoTheRecord(boolean areOthers) {
        learn(areOthers);
        VersionRecord chunked = source.readVersion(scene.chunkedPosition());

        VersionRecord copy = copied(copyOf(chunked, new CopiedContent.Inline(RecordScene.CHUNK)));

        requireSame(copy, chunked, RecordScene.CHUNK);
        assertThat(copy.raw().contentForm()).isEqualTo(ContentForm.INLINE);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void contentIsReferredToWhereItsChunksStandInTheOtherFile(boolean areOthers) {
        learn(areOthers);
        VersionRecord chunked = source.readVersion(scene.chunkedPosition());
        long chunk = appender.appendChunk(RecordScene.KEY, ByteBuffer.wrap(RecordScene.CHUNK));

        VersionRecord copy = copied(copyOf(chunked, new CopiedContent.Chunks(List.of(chunk))));

        requireSame(copy, chunked, RecordScene.CHUNK);
        assertThat(copy.chunkPositions(words)).containsExactly(chunk);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void contentOfAnEarlierRecordIsReferredToWhereThatStands(boolean areOthers) {
        learn(areOthers);

        VersionRecord copy = copied(copyOf(inline(), new CopiedContent.Earlier(START.position())));

        assertThat(copy.isContentEarlier()).isTrue();
        assertThat(copy.contentPosition(words)).isEqualTo(START.position());
        assertThat(copy.key(words)).isEqualTo(RecordScene.KEY);
        assertThat(copy.toEntity(target()).tags()).isEqualTo(inline().toEntity(source).tags());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void erasedVersionKeepsItsNamesOnly(boolean areOthers) {
        learn(areOthers);
        VersionRecord erased = ErasedForm.of(inline());

        VersionRecord copy = copied(copyOf(erased, new CopiedContent.Same()));

        assertThat(copy.isErased()).isTrue();
        assertThat(copy.toEntity(target())).isEqualTo(erased.toEntity(source));
        assertThat(copy.livingDelta()).isEqualTo(1);
        assertThat(copy.raw().bytes().length).isLessThan(inline().raw().bytes().length);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void linksAreThoseOfTheOtherFile(boolean areOthers) {
        learn(areOthers);
        VersionRecord chunked = source.readVersion(scene.chunkedPosition());
        RecordCopy.Links links =
                new RecordCopy.Links(START.position() + 16, START.position() + 8, -1);

        VersionRecord copy =
                copied(
                        new RecordCopy.Whole(
                                chunked,
                                scene.dictionary(),
                                links,
                                new CopiedContent.Inline(RecordScene.CHUNK)));

        assertThat(copy.previousPosition()).isEqualTo(START.position() + 16);
        assertThat(copy.jumpPosition()).isEqualTo(START.position() + 8);
        assertThat(copy.livingDelta()).isEqualTo(-1);
    }

    @Test
    void stubKeepsTheDigest() {
        Digest digest = Digest.sha256(new byte[] {1});
        var function = RecordDigest.ofTransaction(Digest.ZERO, 1, 1_000);
        digest.updateTo(function);

        long at =
                appender.appendCopies(
                                List.of(new RecordCopy.Stub(digest)),
                                FIRST,
                                Digest.of(function.digest()))[0];

        RawRecord stub = target().readRecord(at);
        assertThat(stub.digest()).isEqualTo(digest);
        assertThat(stub.isStub()).isTrue();
        assertThat(stub.bytes()).hasSize(RecordLayout.PREFIX_BYTES);
    }

    @Test
    void stubTakesAPrefix() {
        assertThat(new RecordCopy.Stub(Digest.ZERO).maxBytes(words))
                .isEqualTo(RecordLayout.PREFIX_BYTES);
    }

    @Test
    void copyTakesWhatItsSourceTookAndItsContent() {
        learn(false);
        long length = inline().raw().bytes().length;

        assertThat(copyOf(inline(), new CopiedContent.Same()).maxBytes(words)).isEqualTo(length);
        assertThat(copyOf(inline(), new CopiedContent.Inline(new byte[9])).maxBytes(words))
                .isEqualTo(length + 9);
        assertThat(copyOf(inline(), new CopiedContent.Earlier(9_000)).maxBytes(words))
                .isEqualTo(length + 16);
        assertThat(
                        copyOf(inline(), new CopiedContent.Chunks(List.of(9_000L, 9_100L)))
                                .maxBytes(words))
                .isEqualTo(length + 16 + 16);
    }

    @Test
    void copyWithOtherWordsHasRoomToWriteThemOut() {
        long same = copyOf(inline(), new CopiedContent.Same()).maxBytes(scene.dictionary());
        words.learn("another word");
        long length = inline().raw().bytes().length;
        long most = 2 + length / RecordCopy.LEAST_TAG_BYTES;

        assertThat(copyOf(inline(), new CopiedContent.Same()).maxBytes(words) - same)
                .isEqualTo(most * RecordCopy.LONGEST_WORD_BYTES);
    }

    @Test
    void wordsThatHaveNoNumberInTheOtherFileAreWrittenOutWithinTheBound() {
        for (int i = 0; i < TagDictionary.MAX_WORDS; i++) {
            words.learn("word" + i);
        }
        words.written();

        VersionRecord copy = copied(copyOf(inline(), new CopiedContent.Same()));

        assertThat(copy.key(words)).isEqualTo(RecordScene.KEY);
        assertThat(copy.raw().bytes().length).isGreaterThan(inline().raw().bytes().length);
        requireSame(copy, inline(), RecordScene.CONTENT);
    }
}
