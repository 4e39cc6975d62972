package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.ChangeKind;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VersionDraftTests {

    @ParameterizedTest
    @CsvSource({
        "PUT, 0, 1",
        "PUT, 1000, 0",
        "DELETE, 1000, -1",
        "RESTORE, 0, 1",
        "ERASED, 1000, 0"
    })
    void kindTellsWhetherOneMoreEntityLives(ChangeKind kind, long createdAt, int delta) {
        VersionDraft draft =
                WrittenLog.draft(WrittenLog.KEY, 1, 0).toBuilder()
                        .kind(kind)
                        .createdAt(createdAt)
                        .build();

        assertThat(draft.livingDelta()).isEqualTo(delta);
    }
}
