package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.io.BytesFile;

import org.junit.jupiter.api.Test;

import java.util.List;

/** What readers see of an entity while it is being erased. */
class EraseTableTests {

    private final RecordScene scene = new RecordScene();
    private final BytesFile file = new BytesFile(LogForgery.START, scene.bytes(0));
    private final Checksum checksum = new Checksum(LogForgery.IDENTITY);
    private final Reader reader =
            new Reader(file, LogForgery.IDENTITY, scene.dictionary(), file.size());
    private final VersionRecord first = reader.readVersion(scene.inlinePosition());
    private final EraseTable table = new EraseTable();

    @Test
    void versionsUpToANumberAndATimeReadAsErased() {
        assertThat(shown(first).isErased()).isFalse();
        table.hide(RecordScene.KEY, 1, first.commitTime());

        assertThat(table.isErasing(RecordScene.KEY)).isTrue();
        assertThat(table.isErasing(new EntityKey("default", "b"))).isFalse();
        assertThat(shown(first).isErased()).isTrue();
        assertThat(shown(shown(first)).isErased()).isTrue();
        assertThat(shown(reader.readVersion(scene.chunkedPosition())).isErased()).isFalse();
    }

    @Test
    void versionsThatWereCommittedLaterAreShown() {
        table.hide(RecordScene.KEY, 1, first.commitTime() - 1);

        assertThat(shown(first).isErased()).isFalse();
    }

    @Test
    void hidingTwiceHidesWhatEitherDoes() {
        table.hide(RecordScene.KEY, 1, 0);
        table.hide(RecordScene.KEY, 0, first.commitTime());

        assertThat(shown(first).isErased()).isTrue();
        assertThat(table.begun()).isEqualTo(2);
    }

    @Test
    void nothingIsHiddenAfterwards() {
        table.hide(RecordScene.KEY, 1, first.commitTime());
        table.done(RecordScene.KEY);

        assertThat(table.isEmpty()).isTrue();
        assertThat(table.isErasing(RecordScene.KEY)).isFalse();
        assertThat(shown(first).isErased()).isFalse();
    }

    @Test
    void recordIsFinishedOnlyIfItsBytesLeadToTheFormThatWasAnnounced() {
        RawRecord raw = first.raw();
        EraseMark.Target target =
                new ErasedRecord(raw.position(), ErasedForm.of(raw, checksum)).target();
        assertThat(table.finished(raw, checksum)).isNull();
        table.overwriting(List.of(target));

        RawRecord finished = table.finished(raw, checksum);

        assertThat(finished).isNotNull();
        assertThat(new VersionRecord(finished).isErased()).isTrue();
        table.overwritten();
        assertThat(table.finished(raw, checksum)).isNull();
    }

    @Test
    void recordOfAnotherLengthChecksumOrKindIsNotFinished() {
        RawRecord raw = first.raw();
        int length = raw.bytes().length;
        byte[] unknown = raw.bytes().clone();
        unknown[RecordLayout.KIND] = RecordKind.LOSS;

        assertThat(finished(raw, new EraseMark.Target(raw.position(), length - 8, 0))).isFalse();
        assertThat(finished(raw, new EraseMark.Target(raw.position(), length, 7))).isFalse();
        assertThat(finished(raw.with(unknown), new EraseMark.Target(raw.position(), length, 7)))
                .isFalse();
    }

    private boolean finished(RawRecord raw, EraseMark.Target target) {
        return EraseTable.finished(raw, target, checksum) != null;
    }

    private VersionRecord shown(VersionRecord version) {
        return table.shown(version, scene.dictionary(), checksum);
    }
}
