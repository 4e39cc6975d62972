package io.entitydb.storage.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

class EntityIndexTests {

    private static final PositionTest ANY = position -> true;
    private static final PositionTest NONE = position -> false;

    @ParameterizedTest
    @EnumSource(Hashing.class)
    void answersAsAMapDoes(Hashing hashing) {
        long seed = new Random().nextLong();
        System.out.println("EntityIndexTests " + hashing + " seed " + seed);
        RandomGenerator random = new Random(seed);
        RecordLog log = new RecordLog(hashing);
        EntityIndex index = new EntityIndex();
        Map<Integer, Long> model = new HashMap<>();

        for (int i = 0; i < hashing.operations(); i++) {
            int key = random.nextInt(hashing.keys());
            RecordLog.Entry entry = log.append(key);
            if (entry.previousPosition() == 0) {
                index.insert(entry.hash(), entry.position());
            } else {
                assertThat(index.replace(entry.hash(), entry.previousPosition(), entry.position()))
                        .isTrue();
            }
            model.put(key, entry.position());
            int other = random.nextInt(hashing.keys());
            assertThat(index.find(hashing.hash(other), log.keyTest(other)))
                    .as("key %d after operation %d, seed %d", other, i, seed)
                    .isEqualTo(model.getOrDefault(other, 0L));
        }

        assertThat(index.size()).isEqualTo(model.size());
        assertThat(contents(index, log)).isEqualTo(model);
    }

    @Test
    void anEmptyIndexIsSmallAndFindsNothing() {
        EntityIndex index = new EntityIndex();

        assertThat(index.find(7, ANY)).isZero();
        assertThat(index.size()).isZero();
        assertThat(index.memoryBytes()).isLessThanOrEqualTo(64 * 1024);
    }

    @Test
    void findAsksOnlyForEntriesWithTheSameHash() {
        EntityIndex index = new EntityIndex();
        index.insert(5, 8192);
        index.insert(5 + 16, 8200);
        List<Long> asked = new ArrayList<>();

        long found =
                index.find(
                        5 + 16,
                        position -> {
                            asked.add(position);
                            return true;
                        });

        assertThat(found).isEqualTo(8200);
        assertThat(asked).containsExactly(8200L);
    }

    @Test
    void replaceChangesNothingIfNoEntryHasThePair() {
        EntityIndex index = new EntityIndex();
        index.insert(5, 8192);

        assertThat(index.replace(5, 8200, 9000)).isFalse();
        assertThat(index.replace(6, 8192, 9000)).isFalse();
        assertThat(index.find(5, ANY)).isEqualTo(8192);
        assertThat(index.find(6, ANY)).isZero();
    }

    @Test
    void replaceTellsKeysWithTheSameHashApart() {
        EntityIndex index = new EntityIndex();
        index.insert(5, 8192);
        index.insert(5, 8200);

        assertThat(index.replace(5, 8200, 9000)).isTrue();

        assertThat(index.find(5, position -> position == 8192)).isEqualTo(8192);
        assertThat(index.find(5, position -> position == 9000)).isEqualTo(9000);
        assertThat(index.find(5, NONE)).isZero();
        assertThat(index.size()).isEqualTo(2);
    }

    @Test
    void roomForTheExpectedEntriesSparesResizes() {
        EntityIndex index = new EntityIndex(1_000_000);
        long bytes = index.memoryBytes();
        RandomGenerator random = new Random(1);

        for (int i = 0; i < 1_000_000; i++) {
            index.insert(KeyHash.neverZero(random.nextLong()), 8192 + 8L * i);
        }

        assertThat(index.memoryBytes()).isEqualTo(bytes);
        assertThat(index.size()).isEqualTo(1_000_000);
    }

    @Test
    void refusesWhatIsNoEntry() {
        EntityIndex index = new EntityIndex();

        assertThatIllegalArgumentException().isThrownBy(() -> index.insert(0, 8192));
        assertThatIllegalArgumentException().isThrownBy(() -> index.insert(5, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> index.insert(5, -8));
        assertThatIllegalArgumentException().isThrownBy(() -> index.replace(0, 8192, 8200));
        assertThatIllegalArgumentException().isThrownBy(() -> index.replace(5, 8192, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> index.replay(5, 8192, 0, NONE));
        assertThat(index.size()).isZero();
    }

    private static Map<Integer, Long> contents(EntityIndex index, RecordLog log) {
        Map<Integer, Long> contents = new HashMap<>();
        index.forEach(
                (hash, position) -> {
                    RecordLog.Entry entry = log.at(position);
                    assertThat(hash).isEqualTo(entry.hash());
                    assertThat(contents.put(entry.key(), position)).isNull();
                });
        return contents;
    }
}
