package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether damaged bytes may be those of a dictionary frame of which there is another copy. */
class FrameTests {

    private static final int RECORD = FrameLayout.HEADER_BYTES;
    private static final int COUNT = RECORD + RecordLayout.PREFIX_BYTES;

    private final WrittenLog log = new WrittenLog();
    private byte[] bytes = {};
    private int words;

    @BeforeEach
    void dictionaryOfTwoWords() {
        log.dictionary().learn("word");
        log.dictionary().learn("another");
        log.appender().appendDictionary();
        words = COUNT + log.dictionary().encodedBytes();
        bytes = log.bytes();
        assertThat(words).isLessThan(bytes.length - FrameLayout.TRAILER_BYTES);
    }

    private boolean hasWords(byte[] others) {
        FrameReader reader = new FrameReader(log.file(bytes), LogForgery.IDENTITY);
        FrameRead.Intact read = (FrameRead.Intact) reader.read(LogForgery.START, log.end());
        return read.frame().hasWordsOf(log.file(others), LogForgery.START);
    }

    @Test
    void copyWhoseWordsAreDamagedIsOne() {
        byte[] others = bytes.clone();
        others[COUNT + Integer.BYTES + Short.BYTES] ^= 1;

        assertThat(hasWords(bytes)).isTrue();
        assertThat(hasWords(others)).isTrue();
    }

    @Test
    void copyOfAnotherNumberOfWordsIsNone() {
        byte[] others = bytes.clone();
        others[COUNT] = 3;

        assertThat(hasWords(others)).isFalse();
    }

    @Test
    void copyWithMoreBehindItsWordsIsNone() {
        byte[] others = bytes.clone();
        others[words] = 1;

        assertThat(hasWords(others)).isFalse();
    }
}
