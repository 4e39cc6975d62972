package io.entitydb.storage.io;

import static io.entitydb.storage.io.DiskContract.bytes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.ArgumentMatchers.anyBoolean;
import static org.mockito.ArgumentMatchers.anyLong;
import static org.mockito.BDDMockito.given;
import static org.mockito.BDDMockito.willThrow;
import static org.mockito.Mockito.mock;

import io.entitydb.storage.error.StorageClosedException;
import io.entitydb.storage.error.StorageException;
import io.entitydb.storage.error.StorageFullException;
import io.entitydb.storage.error.StorageIoException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;

/** An open file translates what the system does to it. */
class OsDiskFileTests {

    private final FileChannel channel = mock(FileChannel.class);
    private final OsDiskFile file = new OsDiskFile("a", channel, 4096);

    private void failWritesWith(IOException failure) throws IOException {
        given(channel.write(any(ByteBuffer.class), anyLong())).willThrow(failure);
    }

    private StorageException failureOfAWrite() {
        try {
            file.write(bytes(1, 2, 3), 7);
        } catch (StorageException failure) {
            return failure;
        }
        throw new AssertionError("the write succeeded");
    }

    @Test
    void shortWriteIsContinuedWhereItStopped() throws IOException {
        var content = new byte[10];
        given(channel.write(any(ByteBuffer.class), anyLong()))
                .willAnswer(
                        call -> {
                            ByteBuffer source = call.getArgument(0);
                            long position = call.getArgument(1);
                            content[(int) position] = source.get();
                            return 1;
                        });

        file.write(bytes(1, 2, 3), 5);

        assertThat(content).containsExactly(0, 0, 0, 0, 0, 1, 2, 3, 0, 0);
    }

    @Test
    void writeWithoutProgressEnds() throws IOException {
        given(channel.write(any(ByteBuffer.class), anyLong())).willReturn(0);

        assertThat(failureOfAWrite()).isInstanceOf(StorageIoException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"No space left on device", "Disk quota exceeded"})
    void fullDeviceAndQuotaAreToldApart(String message) throws IOException {
        failWritesWith(new IOException(message));

        assertThat(failureOfAWrite())
                .isInstanceOfSatisfying(
                        StorageFullException.class, full -> assertThat(full.wanted()).isEqualTo(3));
    }

    @Test
    void otherFailureNamesCallPlaceAndSize() throws IOException {
        failWritesWith(new IOException("Input/output error"));

        assertThat(failureOfAWrite())
                .isInstanceOf(StorageIoException.class)
                .hasMessage("write a at 7, 3 bytes, failed: Input/output error");
    }

    @Test
    void failureWithoutAMessageIsTranslated() throws IOException {
        failWritesWith(new IOException());

        assertThat(failureOfAWrite()).isInstanceOf(StorageIoException.class);
    }

    @Test
    void closedChannelIsToldApartFromOneThatAnInterruptCloses() throws IOException {
        failWritesWith(new ClosedChannelException());
        assertThat(failureOfAWrite()).isInstanceOf(StorageClosedException.class);

        failWritesWith(new ClosedByInterruptException());
        assertThat(failureOfAWrite()).isInstanceOf(StorageIoException.class);
    }

    @Test
    void forceThatFindsNoSpaceHasFailedLikeAnyOther() throws IOException {
        willThrow(new IOException("No space left on device")).given(channel).force(anyBoolean());

        assertThatThrownBy(file::force)
                .isInstanceOf(StorageIoException.class)
                .hasMessageContaining("force a");
    }

    @Test
    void interruptFlagIsHiddenFromTheChannelAndKept() throws IOException {
        var seen = new boolean[] {true};
        given(channel.size())
                .willAnswer(
                        call -> {
                            seen[0] = Thread.currentThread().isInterrupted();
                            throw new IOException("Input/output error");
                        });

        Thread.currentThread().interrupt();
        assertThatThrownBy(file::size).isInstanceOf(StorageIoException.class);

        assertThat(Thread.interrupted()).isTrue();
        assertThat(seen[0]).isFalse();
    }
}
