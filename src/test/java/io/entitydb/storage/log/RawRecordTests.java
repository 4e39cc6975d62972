package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.Digest;

import org.junit.jupiter.api.Test;

class RawRecordTests {

    private final WrittenLog log = new WrittenLog();
    private final RawRecord version = read(log.add(WrittenLog.KEY, 1, 0));

    private RawRecord read(long position) {
        return log.reader().readRecord(position);
    }

    private static FrameHeader header(long sequence, long commitTime) {
        return new FrameHeader(
                FrameType.TRANSACTION, 256, 1, 1, 0, 0, 1, sequence, commitTime, Digest.ZERO, 0);
    }

    private RawRecord ofKind(byte kind) {
        byte[] bytes = version.bytes().clone();
        bytes[RecordLayout.KIND] = kind;
        return version.with(bytes);
    }

    @Test
    void kindTellsVersionsFromStubsAndOthers() {
        assertThat(version.isVersion()).isTrue();
        assertThat(version.isStub()).isFalse();
        assertThat(ofKind(RecordKind.STUB).isStub()).isTrue();
        assertThat(ofKind(RecordKind.STUB).isVersion()).isFalse();
        assertThat(ofKind(RecordKind.CHUNK).isVersion()).isFalse();
    }

    @Test
    void transactionIsNamedBySequenceAndCommitTime() {
        assertThat(version.isOfTransaction(header(1, 1_000))).isTrue();
        assertThat(version.isOfTransaction(header(2, 1_000))).isFalse();
        assertThat(version.isOfTransaction(header(1, 1_001))).isFalse();
    }

    @Test
    void versionThatBreaksARuleIsNone() {
        byte[] bytes = version.bytes().clone();
        bytes[RecordLayout.LIVING_DELTA] = -1;

        assertThat(version.asVersion()).isNotNull();
        assertThat(version.with(bytes).asVersion()).isNull();
        assertThat(ofKind(RecordKind.STUB).asVersion()).isNull();
    }

    @Test
    void recordEndsBehindItsBytes() {
        assertThat(version.end()).isEqualTo(version.position() + version.bytes().length);
    }
}
