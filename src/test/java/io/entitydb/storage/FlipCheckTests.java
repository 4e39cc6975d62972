package io.entitydb.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.log.ForgedStore;
import io.entitydb.storage.log.RecordLayout;

import org.junit.jupiter.api.Test;

/** What the campaigns of damage rest on: answers that are falsified are noticed, and classed. */
class FlipCheckTests {

    private static final int INLINE = 1;

    private final GoldenFile small = GoldenFile.of("v4/small");
    private final FlipCheck check = new FlipCheck(small);

    @Test
    void undamagedStoreIsHarmless() {
        assertThat(check.of(small.data(), small.image())).isEqualTo(FlipOutcome.HARMLESS);
    }

    @Test
    void storeWithoutItsIndexIsRebuilt() {
        assertThat(check.of(small.data(), null)).isEqualTo(FlipOutcome.REBUILT);
    }

    @Test
    void storeWithoutASoundSlotIsRefused() {
        byte[] data = small.data().clone();
        data[100] ^= 1;
        data[4096 + 100] ^= 1;

        assertThat(check.of(data, small.image())).isEqualTo(FlipOutcome.REFUSED);
    }

    /** With checksums that fit, nothing in the engine can know. */
    @Test
    void contentThatIsFalsifiedIsNoticed() {
        ForgedStore forged = new ForgedStore(small.data());
        int record = forged.versionsOfForm(INLINE).getLast();
        long length = forged.longAt(record + RecordLayout.CONTENT_LENGTH);
        int end = record + forged.intAt(record + RecordLayout.LENGTH) - Long.BYTES - (int) length;
        byte[] data = forged.put(end + 4, (byte) 'x').repaired();

        assertThatThrownBy(() -> check.of(data, small.image())).isInstanceOf(AssertionError.class);
    }

    @Test
    void timeThatIsFalsifiedIsNoticed() {
        ForgedStore forged = new ForgedStore(small.data());
        int created = forged.versions().getFirst() + RecordLayout.CREATED_AT;
        byte[] data = forged.putLong(created, forged.longAt(created) - 1).repaired();

        assertThatThrownBy(() -> check.of(data, small.image())).isInstanceOf(AssertionError.class);
    }

    @Test
    void anotherStoreInItsPlaceIsNoticed() {
        GoldenFile other = GoldenFile.of("v4/killed");

        assertThatThrownBy(() -> check.of(other.data(), other.image()))
                .isInstanceOf(AssertionError.class);
    }

    @Test
    void historyThatEndsEarlyIsNoticed() {
        GoldenFile large = GoldenFile.of("v4/large");

        assertThatThrownBy(() -> new FlipCheck(large).of(small.data(), small.image()))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("last transaction");
    }
}
