package io.entitydb.storage.log;

import io.entitydb.storage.error.CorruptDataException;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Short numbers for words that repeat: tag namespaces, dataset names and media types, never values,
 * ids or principals.
 *
 * <p>A number never changes its word within a file. Words beyond the limits get no number and are
 * written out in the record ({@link #LITERAL}). One thread adds words; any thread looks them up.
 */
public final class TagDictionary {

    /** Stands for a word that is written out. */
    static final int LITERAL = 0;

    /**
     * Most words: every new word writes the whole dictionary again, so this bounds what hostile
     * namespaces can cost.
     */
    static final int MAX_WORDS = 1024;

    /** Longest word that gets a number, in bytes. */
    static final int MAX_WORD_BYTES = 128;

    private final Map<String, Integer> numbers = new HashMap<>();

    /** Words by number − 1. The array is replaced, never changed, so readers need no lock. */
    private volatile String[] words = new String[0];

    /** What {@link #agreesWith} has compared last, and found to agree. */
    private String[] agreedHere = new String[0];

    private String[] agreedThere = new String[0];

    private int encodedBytes = Integer.BYTES;
    private boolean isDirty;

    /** Learns a word, if there is room. Called by the writer's thread. */
    void learn(String word) {
        if (numbers.containsKey(word) || numbers.size() >= MAX_WORDS) {
            return;
        }
        int bytes = word.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_WORD_BYTES) {
            return;
        }
        encodedBytes += Short.BYTES + bytes;
        String[] more = Arrays.copyOf(words, words.length + 1);
        more[words.length] = word;
        numbers.put(word, more.length);
        words = more;
        isDirty = true;
    }

    /** Most bytes by which a word makes the dictionary longer; 0 if it has a number. */
    long newWordBytes(String word) {
        return numbers.containsKey(word) ? 0 : Short.BYTES + MAX_WORD_BYTES;
    }

    /** Whether words were learned that no dictionary frame holds yet. */
    boolean isDirty() {
        return isDirty;
    }

    /** A dictionary frame with all the words was appended. */
    void written() {
        isDirty = false;
    }

    /** That frame was given up again. */
    void lost() {
        isDirty = true;
    }

    /** The number of a word; {@link #LITERAL} if it has none. */
    int numberOf(String word) {
        return numbers.getOrDefault(word, LITERAL);
    }

    /** The word of a number; null if there is none. */
    @Nullable String wordOf(int number) {
        String[] known = words;
        return number < 1 || number > known.length ? null : known[number - 1];
    }

    /** Learns all words of another dictionary that there is room for. */
    public void learnAll(TagDictionary other) {
        for (String word : other.words) {
            learn(word);
        }
    }

    /** Whether every number of another dictionary stands for the same word here. */
    @SuppressWarnings("ReferenceEquality") // Arrays of words are replaced, never changed.
    public boolean agreesWith(TagDictionary other) {
        String[] here = words;
        String[] there = other.words;
        if (here == agreedHere && there == agreedThere) {
            return true;
        }
        boolean agrees =
                there.length <= here.length
                        && Arrays.equals(here, 0, there.length, there, 0, there.length);
        if (agrees) {
            agreedHere = here;
            agreedThere = there;
        }
        return agrees;
    }

    /** How many words it has. */
    public int size() {
        return words.length;
    }

    /** Bytes that {@link #writeTo} takes. */
    int encodedBytes() {
        return encodedBytes;
    }

    /** Writes all words: count (4), then for each its length in bytes (2) and its UTF-8. */
    void writeTo(ByteBuffer buffer) {
        String[] all = words;
        buffer.putInt(all.length);
        for (String word : all) {
            byte[] bytes = word.getBytes(StandardCharsets.UTF_8);
            buffer.putShort((short) bytes.length).put(bytes);
        }
    }

    /** Index within its record at which the last word of a dictionary ends. */
    static int end(RecordBody body) {
        int count = body.readInt();
        for (int i = 0; i < count; i++) {
            body.skip(body.readShort());
        }
        return body.index();
    }

    /**
     * Takes over all words of a dictionary frame.
     *
     * @param body what {@link #writeTo} wrote
     * @throws CorruptDataException if it is malformed, or gives a known number another word
     */
    public void load(RecordBody body) {
        int count = body.readInt();
        if (count < 0 || count > MAX_WORDS) {
            throw body.corrupt("dictionary of " + count + " words");
        }
        String[] loaded = new String[count];
        for (int i = 0; i < count; i++) {
            loaded[i] = body.readText(body.readShort());
        }
        String[] known = words;
        for (int i = 0; i < Math.min(known.length, count); i++) {
            if (!known[i].equals(loaded[i])) {
                throw body.corrupt("dictionary changes word " + (i + 1));
            }
        }
        if (count <= known.length) {
            return;
        }
        for (int i = known.length; i < count; i++) {
            numbers.put(loaded[i], i + 1);
            encodedBytes += Short.BYTES + loaded[i].getBytes(StandardCharsets.UTF_8).length;
        }
        words = loaded;
    }
}
