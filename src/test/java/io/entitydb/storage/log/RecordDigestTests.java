package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.ChangeKind;
import io.entitydb.entity.Digest;
import io.entitydb.entity.Tag;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The digest of a version is that of its logical facts, in the shape that is documented. */
class RecordDigestTests {

    private static final byte[] SALT = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

    private static void number(ByteArrayOutputStream out, long value, int bytes) {
        byte[] little =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(value).array();
        out.write(little, 0, bytes);
    }

    private static void text(ByteArrayOutputStream out, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        number(out, bytes.length, 4);
        out.writeBytes(bytes);
    }

    @Test
    void factsStandInTheirOrder() {
        VersionDraft draft =
                WrittenLog.draft(WrittenLog.KEY, 3, 8_192).toBuilder()
                        .kind(ChangeKind.RESTORE)
                        .salt(SALT)
                        .principal("writer ä")
                        .tags(
                                List.of(
                                        DraftTag.of(new Tag("type", "note"), 0),
                                        DraftTag.of(new Tag("colour", "grün"), 0)))
                        .build();
        ByteArrayOutputStream facts = new ByteArrayOutputStream();
        facts.writeBytes(SALT);
        number(facts, 3, 1);
        number(facts, 3, 8);
        text(facts, "default");
        text(facts, "a");
        text(facts, "writer ä");
        text(facts, "text/plain");
        number(facts, 2, 4);
        text(facts, "type:note");
        text(facts, "colour:grün");
        Digest content = draft.contentDigest();
        ByteBuffer digest = ByteBuffer.allocate(Digest.BYTES);
        content.copyTo(digest, 0);
        facts.writeBytes(digest.array());

        assertThat(RecordDigest.of(draft)).isEqualTo(Digest.sha256(facts.toByteArray()));
    }

    @Test
    void placesAndTimesAreNoFacts() {
        VersionDraft draft = WrittenLog.draft(WrittenLog.KEY, 3, 8_192);

        assertThat(
                        RecordDigest.of(
                                draft.toBuilder()
                                        .previousPosition(9_000)
                                        .jumpPosition(8_200)
                                        .createdAt(77)
                                        .createdBy("somebody else")
                                        .digest(Digest.sha256(SALT))
                                        .build()))
                .isEqualTo(RecordDigest.of(draft));
    }

    @Test
    void digestOfATransactionBeginsWithTheOneBefore() {
        Digest before = Digest.sha256(SALT);
        ByteArrayOutputStream facts = new ByteArrayOutputStream();
        ByteBuffer digest = ByteBuffer.allocate(Digest.BYTES);
        before.copyTo(digest, 0);
        facts.writeBytes(digest.array());
        number(facts, 0x1_0000_0002L, 8);
        number(facts, 0x3_0000_0004L, 8);

        Digest actual =
                Digest.of(
                        RecordDigest.ofTransaction(before, 0x1_0000_0002L, 0x3_0000_0004L)
                                .digest());

        assertThat(actual).isEqualTo(Digest.sha256(facts.toByteArray()));
    }
}
