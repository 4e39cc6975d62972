package io.entitydb.web.changes;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Digest;
import io.entitydb.entity.LogOrigin;
import io.entitydb.entity.LogPoint;
import io.entitydb.temporal.Timestamp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Base64;
import java.util.UUID;

/** A cursor is read as it was written, or not at all, and fits one history only. */
class ChangeCursorTests {

    private static final LogOrigin ORIGIN = new LogOrigin(new UUID(3, 5), 7, new Timestamp(1_000));
    private static final LogPoint POINT =
            new LogPoint(11, new Timestamp(2_000), Digest.sha256(new byte[] {1}));
    private static final ChangePlace PLACE = new ChangePlace(POINT, 2, 0);
    private static final ChangeCursor CURSOR = ChangeCursor.of(ORIGIN, PLACE);

    @Test
    void placesComeBack() {
        ChangePlace erased = new ChangePlace(POINT, ChangePlace.ALL, 4);

        assertThat(ChangeCursor.read(CURSOR.write())).isEqualTo(CURSOR);
        assertThat(CURSOR.in(ORIGIN, POINT)).isEqualTo(PLACE);
        assertThat(ChangeCursor.of(ORIGIN, erased).in(ORIGIN, POINT)).isEqualTo(erased);
        assertThat(CURSOR.write()).hasSize(71).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void everyFlippedBitIsNoticed() {
        byte[] bytes = Base64.getUrlDecoder().decode(CURSOR.write());
        for (int bit = 0; bit < 8 * bytes.length; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << (bit % 8));

            assertThat(
                            ChangeCursor.read(
                                    Base64.getUrlEncoder()
                                            .withoutPadding()
                                            .encodeToString(flipped)))
                    .as("bit %d", bit)
                    .isNull();
        }
    }

    @Test
    void whatIsCutOrLongerIsNoCursor() {
        String text = CURSOR.write();
        for (int length = 0; length < text.length(); length++) {
            assertThat(ChangeCursor.read(text.substring(0, length))).isNull();
        }
        assertThat(ChangeCursor.read(text + "A")).isNull();
        assertThat(ChangeCursor.read(text + "==")).isNull();
        assertThat(ChangeCursor.read(" " + text)).isNull();
    }

    @Test
    void impossiblePlacesAreNoCursorsThoughTheirChecksHold() {
        assertThat(ChangeCursor.read(new ChangeCursor(6, 7, -1, 0, 0, 0).write())).isNull();
        assertThat(ChangeCursor.read(new ChangeCursor(6, 7, 1, -3, 0, 0).write())).isNull();
        assertThat(ChangeCursor.read(new ChangeCursor(6, 7, 1, 2, 1, 0).write())).isNull();
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 8})
    void otherEpochsAndStoresAreOtherHistories(long epoch) {
        assertThat(CURSOR.in(new LogOrigin(ORIGIN.storeId(), epoch, ORIGIN.createdAt()), POINT))
                .isNull();
        assertThat(CURSOR.in(new LogOrigin(new UUID(3, 4), 7, ORIGIN.createdAt()), POINT)).isNull();
        assertThat(CURSOR.in(ORIGIN, null)).isNull();
    }

    /** As after the file of a backup was put in the place of the store's. */
    @Test
    void anotherTransactionOfTheSameNumberIsAnotherHistory() {
        LogPoint other = new LogPoint(11, POINT.at(), Digest.sha256(new byte[] {2}));
        LogPoint unknown = new LogPoint(11, POINT.at(), Digest.ZERO);

        assertThat(CURSOR.in(ORIGIN, other)).isNull();
        assertThat(CURSOR.in(ORIGIN, unknown)).isNotNull();
    }
}
