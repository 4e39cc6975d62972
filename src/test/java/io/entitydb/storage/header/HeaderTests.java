package io.entitydb.storage.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import static java.util.function.Predicate.not;

import io.entitydb.entity.Digest;
import io.entitydb.storage.header.Header.HeaderBuilder;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.FieldSource;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

class HeaderTests {

    private static final UUID NIL = new UUID(0, 0);

    static final List<Violation> VIOLATIONS =
            List.of(
                    new Violation("generation-positive", h -> h.generation(0)),
                    new Violation("generation-positive", h -> h.generation(Long.MIN_VALUE)),
                    new Violation("epoch-positive", h -> h.epoch(0)),
                    new Violation("data-size-in-range", h -> h.dataSize(-8)),
                    new Violation("data-size-in-range", h -> h.dataSize(Long.MAX_VALUE - 7)),
                    new Violation("data-size-aligned", h -> h.dataSize(4097)),
                    new Violation("data-end-in-file", h -> h.fileSize(8192 + 4095)),
                    new Violation("data-end-in-file", h -> h.fileSize(-1)),
                    new Violation("wal-offset-not-zero", h -> h.walOffset(0)),
                    new Violation("wal-offset-in-data", h -> h.walOffset(8184)),
                    new Violation("wal-offset-in-data", h -> h.walOffset(8192 + 4104)),
                    new Violation("wal-offset-in-data", h -> h.walOffset(Long.MIN_VALUE)),
                    new Violation("wal-offset-in-data", h -> h.walOffset(Long.MAX_VALUE)),
                    new Violation("wal-offset-aligned", h -> h.walOffset(8193)),
                    new Violation("tag-dict-offset-not-zero", h -> h.tagDictOffset(0)),
                    new Violation("tag-dict-offset-in-data", h -> h.tagDictOffset(8184)),
                    new Violation("tag-dict-offset-in-data", h -> h.tagDictOffset(8192 + 4096)),
                    new Violation("tag-dict-offset-aligned", h -> h.tagDictOffset(8196)),
                    new Violation("tag-dict-size-positive", h -> h.tagDictSize(0)),
                    new Violation("tag-dict-end-in-data", h -> h.tagDictSize(4096)),
                    new Violation("tag-dict-end-in-data", h -> h.tagDictSize(Long.MAX_VALUE)),
                    new Violation(
                            "checkpoint-sequence-not-negative", h -> h.checkpointSequence(-1)),
                    new Violation("checkpoint-sequence-not-ahead", h -> h.checkpointSequence(43)),
                    new Violation("checkpoint-sequence-not-ahead", h -> h.walSequence(-1)),
                    new Violation("entity-count-not-negative", h -> h.entityCount(-1)),
                    new Violation(
                            "last-modified-not-before-creation",
                            h -> h.lastModified(Headers.CREATED_AT - 1)),
                    new Violation(
                            "last-digest-zero-before-first-transaction",
                            h -> h.walSequence(0).checkpointSequence(0)));

    static final List<UnaryOperator<HeaderBuilder>> BORDERS =
            List.of(
                    h -> h.generation(1).epoch(1),
                    h -> h.generation(Long.MAX_VALUE).epoch(Long.MAX_VALUE),
                    h -> h.fileSize(8192 + 4096),
                    h -> h.dataSize(Long.MAX_VALUE - 8199).fileSize(Long.MAX_VALUE),
                    h -> h.walOffset(8192),
                    h -> h.walOffset(8192 + 4096),
                    h -> h.tagDictOffset(8192).tagDictSize(4096),
                    h -> h.tagDictOffset(8192 + 4088).tagDictSize(8),
                    h -> h.checkpointSequence(0),
                    h -> h.checkpointSequence(42),
                    h -> h.entityCount(0),
                    h -> h.lastModified(Headers.CREATED_AT),
                    h -> h.walSequence(0).checkpointSequence(0).lastDigest(Digest.ZERO));

    @ParameterizedTest
    @FieldSource("VIOLATIONS")
    void brokenRuleIsNamed(Violation violation) {
        HeaderBuilder builder = violation.change().apply(Headers.golden().toBuilder());

        assertThatExceptionOfType(HeaderRuleException.class)
                .isThrownBy(builder::build)
                .withMessageStartingWith(violation.rule() + ": ")
                .returns(violation.rule(), HeaderRuleException::rule)
                .satisfies(e -> assertThat(e).hasMessage(e.reason()));
    }

    @Test
    void everyRuleIsBrokenByATest() {
        assertThat(VIOLATIONS)
                .extracting(Violation::rule)
                .containsAll(HeaderRule.ALL.stream().map(HeaderRule::name).toList());
    }

    @Test
    void everyRuleIsInTheFormatDescription() throws IOException {
        String text = Files.readString(Path.of("src/main/java/io/entitydb/storage/FORMAT.md"));

        assertThat(HeaderRule.ALL)
                .extracting(HeaderRule::name)
                .filteredOn(not(name -> text.contains("| `" + name + "` |")))
                .isEmpty();
    }

    @ParameterizedTest
    @FieldSource("BORDERS")
    void bordersAreValid(UnaryOperator<HeaderBuilder> change) {
        Header header = change.apply(Headers.golden().toBuilder()).build();

        assertThat(header.toBuilder().build()).isEqualTo(header);
    }

    @Test
    void hostileValuesGiveAHeaderOrANamedRule() {
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);

        for (int i = 0; i < 20_000; i++) {
            HeaderBuilder builder = hostile(random);
            try {
                Header header = builder.build();
                assertThat(header.dataEnd()).isBetween(8192L, header.fileSize());
                assertThat(header.walOffset()).isBetween(8192L, header.dataEnd());
                assertThat(header.tagDictOffset() + header.tagDictSize())
                        .isBetween(8193L, header.dataEnd());
            } catch (HeaderRuleException e) {
                assertThat(e.rule()).isIn(HeaderRule.ALL.stream().map(HeaderRule::name).toList());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("identities")
    void identityThatWasNeverDrawnIsRefused(
            String rule, UUID storeId, UUID fileId, UUID secret, long createdAt) {
        assertThatExceptionOfType(HeaderRuleException.class)
                .isThrownBy(() -> new FileIdentity(storeId, createdAt, fileId, secret))
                .returns(rule, HeaderRuleException::rule);
    }

    @Test
    void identityMayBeMadeAtTheBeginningOfTime() {
        UUID id = new UUID(0, 1);

        assertThat(new FileIdentity(id, 0, id, id).createdAt()).isZero();
    }

    @Test
    void secretIsNotTold() {
        assertThat(Headers.golden().toString())
                .contains("01020304-0506-0708-090a-0b0c0d0e0f10")
                .doesNotContain("21222324");
    }

    @Test
    void oneComponentIsChangedAlone() {
        Header header = Headers.golden();

        assertThat(header.withEntityCount(9).toBuilder().entityCount(5).build()).isEqualTo(header);
        assertThat(header.slot()).isOne();
        assertThat(header.withGeneration(8).slot()).isZero();
    }

    static Stream<Arguments> identities() {
        UUID id = new UUID(0, 1);
        return Stream.of(
                Arguments.of("store-id-drawn", NIL, id, id, 0L),
                Arguments.of("file-id-drawn", id, NIL, id, 0L),
                Arguments.of("secret-drawn", id, id, NIL, 0L),
                Arguments.of("created-at-not-negative", id, id, id, -1L));
    }

    private static HeaderBuilder hostile(Random random) {
        HeaderBuilder builder = Headers.golden().toBuilder();
        int changes = 1 + random.nextInt(3);
        for (int i = 0; i < changes; i++) {
            long value = hostileValue(random);
            switch (random.nextInt(10)) {
                case 0 -> builder.generation(value);
                case 1 -> builder.epoch(value);
                case 2 -> builder.fileSize(value);
                case 3 -> builder.dataSize(value);
                case 4 -> builder.walOffset(value);
                case 5 -> builder.walSequence(value);
                case 6 -> builder.checkpointSequence(value);
                case 7 -> builder.tagDictOffset(value);
                case 8 -> builder.tagDictSize(value);
                default -> builder.entityCount(value).lastModified(value);
            }
        }
        return builder;
    }

    private static long hostileValue(Random random) {
        long near = random.nextInt(17) - 8L;
        return switch (random.nextInt(6)) {
            case 0 -> near;
            case 1 -> Long.MAX_VALUE + near;
            case 2 -> Long.MAX_VALUE - 8192 + near;
            case 3 -> 8192 + near;
            case 4 -> 8192 + 4096 + near;
            default -> random.nextLong();
        };
    }

    record Violation(String rule, UnaryOperator<HeaderBuilder> change) {

        @Override
        public String toString() {
            return rule;
        }
    }
}
