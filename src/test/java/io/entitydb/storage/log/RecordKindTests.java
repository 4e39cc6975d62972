package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.ChangeKind;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;

/** The codes of records are part of the format. */
class RecordKindTests {

    @Test
    void codesAreThoseOfTheFormat() {
        List<Integer> known = new ArrayList<>();
        for (int code = Byte.MIN_VALUE; code <= Byte.MAX_VALUE; code++) {
            if (RecordKind.isKnown((byte) code)) {
                known.add(code);
            }
        }

        assertThat(known).containsExactly(1, 2, 3, 4, 5, 16, 17, 18, 19);
    }

    @Test
    void versionsHaveTheCodesOfTheirChanges() {
        for (ChangeKind kind : ChangeKind.values()) {
            assertThat(RecordKind.changeOf(RecordKind.of(kind))).isEqualTo(kind);
        }
        for (byte code : new byte[] {0, 5, 16, 17, 18, 19}) {
            assertThat(RecordKind.changeOf(code)).isNull();
        }
    }
}
