package io.entitydb.storage.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.EntityKey;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

class KeyHashTests {

    private static final UUID SECRET = new UUID(0x0706050403020100L, 0x0f0e0d0c0b0a0908L);

    @ParameterizedTest
    @ValueSource(strings = {"Straße 7", "Street 7", "~", "7\u00a0", "\ud83d\ude00"})
    void hashesDatasetZeroByteAndIdInUtf8(String id) {
        byte[] message = ("orders\0" + id).getBytes(StandardCharsets.UTF_8);

        long hash = new KeyHash(SECRET).of(new EntityKey("orders", id));

        assertThat(hash)
                .isEqualTo(new SipHash(0x0706050403020100L, 0x0f0e0d0c0b0a0908L).hash(message));
    }

    @Test
    void tellsDatasetAndIdApart() {
        KeyHash keyHash = new KeyHash(SECRET);

        assertThat(keyHash.of(new EntityKey("ab", "c")))
                .isNotEqualTo(keyHash.of(new EntityKey("a", "bc")));
    }

    @Test
    void differsUnderAnotherSecret() {
        EntityKey key = new EntityKey("orders", "7");

        assertThat(new KeyHash(SECRET).of(key)).isNotEqualTo(new KeyHash(new UUID(1, 2)).of(key));
    }

    @Test
    void isNeverZero() {
        assertThat(KeyHash.neverZero(0)).isEqualTo(1);
        assertThat(KeyHash.neverZero(-5)).isEqualTo(-5);
    }
}
