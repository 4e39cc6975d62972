package io.entitydb.entity;

import static io.entitydb.entity.StoreSubject.draft;
import static io.entitydb.entity.StoreSubject.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.temporal.AsOf;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Whatever the value types allow is stored and read back as it was, up to the last byte. */
public interface LimitsContract extends StoreSubject {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "a/b",
                "/a/",
                "a//b",
                "../etc/passwd",
                "%2F",
                "a%00b",
                "a:b",
                "user@example.org",
                " ",
                "a b",
                "...",
                "?x=1&y=2#z",
                "\"'\\",
                "A",
                "é",
                "e\u0301",
                "ß",
                "日本語",
                "\uFEFF",
                "\uE000",
                "\uFFFF",
                "😀",
                "\uD83D\uDC69\u200D\uD83D\uDE80",
                "\uDBFF\uDFFF",
                "\u202Eabc"
            })
    default void anyTextIsAnId(String id) {
        repository().create(key("a"), draft("another"));

        repository().create(key(id), draft(id));
        repository().save(key(id), draft(id + "!"));

        Entity entity = repository().find(key(id)).orElseThrow();
        assertThat(entity.key().id()).isEqualTo(id);
        assertThat(StoreSubject.text(entity)).isEqualTo(id + "!");
        assertThat(versions(key(id))).hasSize(2);
        assertThat(committed(key("a")).version().number()).isEqualTo(1);
    }

    @Test
    default void idsThatLookAlikeAreDifferent() {
        List<String> ids = List.of("é", "e\u0301", "É", "A", "a", "a ", "а", "K", "\u212A");
        ids.forEach(id -> repository().create(key(id), draft("mine is " + id)));

        ids.forEach(
                id -> assertThat(StoreSubject.text(committed(key(id)))).isEqualTo("mine is " + id));
    }

    @Test
    default void theLongestIdsFit() {
        List<String> ids =
                List.of("x".repeat(255), "x".repeat(254), "日".repeat(85), "😀".repeat(63) + "abc");
        EntityKey longest = new EntityKey("d".repeat(63), "y".repeat(255));
        ids.forEach(id -> repository().create(key(id), draft(id)));
        repository().create(longest, draft("longest"));

        store().restart();

        ids.forEach(id -> assertThat(StoreSubject.text(committed(key(id)))).isEqualTo(id));
        assertThat(StoreSubject.text(committed(longest))).isEqualTo("longest");
    }

    @Test
    default void theLongestTagsFit() {
        Tag ascii = new Tag("n", "v".repeat(1022));
        Tag wide = new Tag("n", "日".repeat(340) + "xx");
        Tag allNamespace = new Tag("n".repeat(1022), "v");
        Tag colons = Tag.parse("n:::a:b:");

        assertTagsSurvive(Set.of(ascii, wide, allNamespace, colons));
    }

    @Test
    default void aThousandTagsFit() {
        assertTagsSurvive(
                IntStream.range(0, Entity.MAX_TAGS)
                        .mapToObj(i -> new Tag("n" + i % 7, "value " + i))
                        .collect(Collectors.toSet()));
    }

    @Test
    default void aThousandOfTheLongestTagsFit() {
        assertTagsSurvive(
                IntStream.range(0, Entity.MAX_TAGS)
                        .mapToObj(i -> new Tag("n", String.format("%04d", i).repeat(255) + "ab"))
                        .collect(Collectors.toSet()));
    }

    @Test
    default void tagsAreTextOfAnyLanguage() {
        assertTagsSurvive(
                Set.of(
                        Tag.parse("k: "),
                        Tag.parse("k:=?&/%"),
                        Tag.parse("k:ключ"),
                        Tag.parse("k:😀"),
                        Tag.parse("k:\uE000"),
                        Tag.parse("K:é"),
                        Tag.parse("k:é"),
                        Tag.parse("k:e\u0301")));
    }

    @ParameterizedTest
    @ValueSource(
            ints = {
                0, 1, 7, 8, 65_535, 65_536, 65_537, 1_048_575, 1_048_576, 1_048_577, 2_097_152,
                4_194_305
            })
    default void contentOfAnyLengthIsReadBack(int length) {
        byte[] bytes = new byte[length];
        new Random(length).nextBytes(bytes);

        assertContentSurvives(bytes);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 512, 65_536, 65_537, 1_048_577})
    default void zeroBytesAreContentLikeAnyOther(int length) {
        assertContentSurvives(new byte[length]);
    }

    @Test
    default void contentThatFlowsInSmallPiecesIsReadBack() {
        byte[] bytes = new byte[200_003];
        new Random(1).nextBytes(bytes);
        Content flowing =
                new Content(
                        Content.OCTET_STREAM,
                        bytes.length,
                        Digest.sha256(bytes),
                        () -> inPieces(bytes));

        repository().create(key("a"), EntityDraft.of(Set.of(), flowing));

        assertThat(committed(key("a")).content().bytes()).isEqualTo(bytes);
    }

    @Test
    default void contentThatDoesNotChangeIsKept() {
        byte[] bytes = new byte[1_500_000];
        new Random(2).nextBytes(bytes);
        Content content = Content.of("image/png", bytes);
        repository().create(key("a"), EntityDraft.of(Set.of(), content));

        repository()
                .save(
                        key("a"),
                        EntityDraft.of(Set.of(Tag.parse("k:1")), committed(key("a")).content()));
        repository().save(key("b"), EntityDraft.of(Set.of(), committed(key("a")).content()));
        store().restart();

        assertThat(committed(key("a")).content().bytes()).isEqualTo(bytes);
        assertThat(versions(key("a")).getFirst().content().bytes()).isEqualTo(bytes);
        assertThat(committed(key("b")).content().bytes()).isEqualTo(bytes);
    }

    @Test
    default void theMediaTypeBelongsToTheContent() {
        String longest = "application/" + "x".repeat(115);
        repository().create(key("a"), EntityDraft.of(Set.of(), Content.of(longest, new byte[1])));

        repository()
                .save(
                        key("a"),
                        EntityDraft.of(Set.of(), Content.of("text/plain; q=\"1\"", new byte[1])));

        assertThat(versions(key("a")))
                .extracting(entity -> entity.content().mediaType())
                .containsExactly(longest, "text/plain; q=\"1\"");
    }

    private void assertTagsSurvive(Set<Tag> tags) {
        repository().create(key("a"), EntityDraft.of(tags, Content.EMPTY));
        assertThat(committed(key("a")).tags().keySet()).isEqualTo(tags);

        repository().save(key("a"), EntityDraft.of(tags, draft("two").content()));
        store().restart();

        Entity entity = committed(key("a"));
        assertThat(entity.tags().keySet()).isEqualTo(tags);
        assertThat(entity.tags().values()).containsOnly(entity.createdAt());
    }

    private void assertContentSurvives(byte[] bytes) {
        Content content = Content.of("application/x-test", bytes);

        store().inTransaction(
                        () -> {
                            repository().create(key("a"), EntityDraft.of(Set.of(), content));
                            assertThat(committed(key("a")).content().bytes()).isEqualTo(bytes);
                        });
        Entity entity = committed(key("a"));
        repository().delete(key("a"));
        repository().restore(key("a"));

        assertThat(entity.content()).isEqualTo(content);
        assertThat(entity.content().bytes()).isEqualTo(bytes);
        assertThat(entity.content().bytes()).as("read a second time").isEqualTo(bytes);
        assertThat(committed(key("a")).content().bytes()).as("restored").isEqualTo(bytes);
        store().restart();
        assertThat(committed(key("a")).content().bytes()).as("after a restart").isEqualTo(bytes);
        assertThat(repository().find(key("a"), new AsOf.AtVersion(1)))
                .hasValueSatisfying(first -> assertThat(first.content().bytes()).isEqualTo(bytes));
    }

    private static InputStream inPieces(byte[] bytes) {
        ByteArrayInputStream whole = new ByteArrayInputStream(bytes);
        return new InputStream() {
            private int turn;

            @Override
            public int read() {
                return whole.read();
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                turn = turn % 13 + 1;
                return whole.read(target, offset, Math.min(length, turn));
            }
        };
    }
}
