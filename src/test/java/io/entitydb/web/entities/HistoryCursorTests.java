package io.entitydb.web.entities;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.entitydb.entity.InvalidQueryException;

import org.junit.jupiter.api.Test;

import java.util.Base64;

class HistoryCursorTests {

    private static final String LISTING = "default/x 1 true";
    private static final HistoryCursor CURSOR = new HistoryCursor(3, 9, 8714);

    private static void assertRefused(String text, String listing) {
        assertThatExceptionOfType(InvalidQueryException.class)
                .as(text)
                .isThrownBy(() -> HistoryCursor.decode(text, listing))
                .matches(e -> e.parameter().equals("cursor"));
    }

    @Test
    void cursorIsReadBack() {
        assertThat(HistoryCursor.decode(CURSOR.encode(LISTING), LISTING)).isEqualTo(CURSOR);
        assertThat(CURSOR.encode(LISTING)).matches("[A-Za-z0-9_-]+");
    }

    @Test
    void cursorOfAnotherListingIsRefused() {
        assertRefused(CURSOR.encode(LISTING), "default/y 1 true");
    }

    @Test
    void everySingleChangedBitIsNoticed() {
        byte[] bytes = Base64.getUrlDecoder().decode(CURSOR.encode(LISTING));
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] damaged = bytes.clone();
            damaged[bit / 8] ^= (byte) (1 << (bit % 8));
            assertRefused(Base64.getUrlEncoder().encodeToString(damaged), LISTING);
        }
    }

    @Test
    void otherTextsAreRefused() {
        assertRefused("", LISTING);
        assertRefused("!", LISTING);
        assertRefused("AAAA", LISTING);
        assertRefused(CURSOR.encode(LISTING) + "AAAA", LISTING);
        assertRefused(new HistoryCursor(0, 9, 1).encode(LISTING), LISTING);
        assertRefused(new HistoryCursor(9, 3, 1).encode(LISTING), LISTING);
        assertRefused(new HistoryCursor(1, 3, -1).encode(LISTING), LISTING);
    }
}
