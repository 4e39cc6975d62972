package io.entitydb.storage.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entitydb.storage.error.CorruptDataException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

class TagDictionaryTests {

    private final TagDictionary dictionary = new TagDictionary();

    @Test
    void wordsKeepTheirNumbers() {
        dictionary.learn("first");
        dictionary.learn("second");
        dictionary.learn("first");

        assertThat(dictionary.size()).isEqualTo(2);
        assertThat(dictionary.numberOf("second")).isEqualTo(2);
        assertThat(dictionary.wordOf(1)).isEqualTo("first");
        assertThat(dictionary.wordOf(0)).isNull();
        assertThat(dictionary.wordOf(3)).isNull();
    }

    @Test
    void wordsBeyondTheLimitsAreWrittenOut() {
        dictionary.learn("x".repeat(TagDictionary.MAX_WORD_BYTES + 1));
        for (int i = 0; i <= TagDictionary.MAX_WORDS; i++) {
            dictionary.learn("word " + i);
        }

        assertThat(dictionary.size()).isEqualTo(TagDictionary.MAX_WORDS);
        assertThat(dictionary.numberOf("word " + TagDictionary.MAX_WORDS))
                .isEqualTo(TagDictionary.LITERAL);
    }

    @Test
    void olderCopyChangesNothingNewerOneAddsWords() {
        dictionary.learn("first");
        RecordBody older = body(dictionary);
        dictionary.learn("second");
        TagDictionary other = new TagDictionary();
        other.load(body(dictionary));
        other.load(older);

        assertThat(other.size()).isEqualTo(2);
        assertThat(other.encodedBytes()).isEqualTo(dictionary.encodedBytes());
    }

    @Test
    void copyThatGivesANumberAnotherWordIsRefused() {
        dictionary.learn("first");
        TagDictionary other = new TagDictionary();
        other.learn("another");

        assertThatThrownBy(() -> dictionary.load(body(other)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("changes word 1");
    }

    @Test
    void dictionariesAgreeIfEveryNumberOfOneStandsForTheSameWordInTheOther() {
        TagDictionary other = new TagDictionary();
        dictionary.learn("first");
        dictionary.learn("second");
        other.learn("first");

        assertThat(dictionary.agreesWith(other)).isTrue();
        assertThat(dictionary.agreesWith(other)).isTrue();
        assertThat(other.agreesWith(dictionary)).isFalse();

        other.learn("third");
        assertThat(dictionary.agreesWith(other)).isFalse();
        assertThat(other.agreesWith(dictionary)).isFalse();
    }

    @Test
    void longestWordHasANumber() {
        String longest = "x".repeat(TagDictionary.MAX_WORD_BYTES);

        dictionary.learn(longest);

        assertThat(dictionary.numberOf(longest)).isEqualTo(1);
        assertThat(dictionary.newWordBytes(longest)).isZero();
        assertThat(dictionary.newWordBytes("other"))
                .isEqualTo(Short.BYTES + TagDictionary.MAX_WORD_BYTES);
    }

    @Test
    void dictionaryAsLongAsItCanBeIsLoaded() {
        for (int i = 0; i < TagDictionary.MAX_WORDS; i++) {
            dictionary.learn("word " + i);
        }
        TagDictionary other = new TagDictionary();

        other.load(body(dictionary));

        assertThat(other.size()).isEqualTo(TagDictionary.MAX_WORDS);
        assertThat(other.encodedBytes()).isEqualTo(dictionary.encodedBytes());
        assertThat(other.numberOf("word 7")).isEqualTo(8);
    }

    @Test
    void copyOfTheSameLengthChangesNothing() {
        dictionary.learn("first");

        dictionary.load(body(dictionary));

        assertThat(dictionary.size()).isEqualTo(1);
        assertThat(dictionary.encodedBytes()).isEqualTo(Integer.BYTES + Short.BYTES + 5);
    }

    @Test
    void dictionaryWithoutWordsIsOne() {
        TagDictionary other = new TagDictionary();

        other.load(body(dictionary));

        assertThat(other.size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, TagDictionary.MAX_WORDS + 1})
    void numberOfWordsIsBounded(int count) {
        byte[] bytes =
                ByteBuffer.allocate(1 << 14).order(ByteOrder.LITTLE_ENDIAN).putInt(count).array();

        assertThatThrownBy(() -> dictionary.load(new RecordBody("test", 8192, bytes, 0)))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("dictionary of " + count + " words");
    }

    @Test
    void endIsBehindTheLastWord() {
        dictionary.learn("first");
        dictionary.learn("second");

        assertThat(TagDictionary.end(body(dictionary))).isEqualTo(dictionary.encodedBytes());
    }

    @Test
    void agreementIsLookedAtAgainWhenWordsWereLearned() {
        TagDictionary other = new TagDictionary();
        dictionary.learn("first");
        other.learn("first");
        assertThat(dictionary.agreesWith(other)).isTrue();

        dictionary.learn("second");
        assertThat(dictionary.agreesWith(other)).isTrue();
        other.learn("another");
        assertThat(dictionary.agreesWith(other)).isFalse();
        assertThat(dictionary.agreesWith(new TagDictionary())).isTrue();
    }

    private static RecordBody body(TagDictionary of) {
        ByteBuffer buffer = ByteBuffer.allocate(of.encodedBytes()).order(ByteOrder.LITTLE_ENDIAN);
        of.writeTo(buffer);
        return new RecordBody("test", 8192, buffer.array(), 0);
    }
}
