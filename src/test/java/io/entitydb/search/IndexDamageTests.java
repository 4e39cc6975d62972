package io.entitydb.search;

import static io.entitydb.search.SearchFixture.everything;
import static io.entitydb.search.SearchFixture.put;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;

import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.IOContext;
import org.apache.lucene.store.IndexInput;
import org.apache.lucene.store.IndexOutput;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/** Damages every file of an index in many places; none may be gone on with. */
class IndexDamageTests {

    /** Most damaged places of one kind in one file. */
    private static final int PLACES = 500;

    private static final Logger LOG = (Logger) LoggerFactory.getLogger(IndexOpening.class);

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);
    private final MemoryEngine engine = new MemoryEngine();
    private final Map<String, byte[]> sound = new LinkedHashMap<>();

    /** Thousands of expected warnings. */
    @BeforeAll
    static void silenceLog() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void inheritLogLevel() {
        LOG.setLevel(null);
    }

    @BeforeEach
    void writeIndex() throws IOException {
        System.out.println("seed of damage: " + seed);
        for (int i = 0; i < 100; i++) {
            engine.commit(put("e" + i % 30, "step:" + i, "type:x"));
        }
        DirectorySource source = SearchFixture.inMemory();
        for (int opening = 0; opening < 2; opening++) {
            try (SearchFixture fixture = new SearchFixture(engine, source, SearchFixture.NEVER)) {
                engine.commit(put("f" + opening));
                fixture.search.search(everything(), SearchFixture.first(1));
            }
        }
        Directory files = source.open();
        for (String name : files.listAll()) {
            sound.put(name, read(files, name));
        }
        assertThat(sound).hasSizeGreaterThan(3);
    }

    @Test
    void goesOnWithSoundFiles() throws Exception {
        assertThat(openedSequence(sound)).isEqualTo(102);
    }

    @Test
    void noFlippedBitIsGoneOnWith() throws Exception {
        for (String name : sound.keySet()) {
            byte[] bytes = sound.get(name);
            for (int position : places(bytes.length)) {
                byte[] damaged = bytes.clone();
                damaged[position] ^= (byte) (1 << random.nextInt(8));
                assertRebuilt(name, position, damaged);
            }
        }
    }

    @Test
    void noCutOrExtendedFileIsGoneOnWith() throws Exception {
        for (String name : sound.keySet()) {
            byte[] bytes = sound.get(name);
            for (int length : places(bytes.length)) {
                assertRebuilt(name, length, Arrays.copyOf(bytes, length));
            }
            assertRebuilt(name, bytes.length + 1, Arrays.copyOf(bytes, bytes.length + 1));
        }
    }

    @Test
    void noBlankOrForeignFileIsGoneOnWith() throws Exception {
        for (String name : sound.keySet()) {
            byte[] bytes = sound.get(name);
            assertRebuilt(name, 0, new byte[bytes.length]);
            byte[] noise = new byte[bytes.length];
            random.nextBytes(noise);
            assertRebuilt(name, 0, noise);
            for (Map.Entry<String, byte[]> other : sound.entrySet()) {
                if (!other.getKey().equals(name)) {
                    assertRebuilt(name, 0, other.getValue());
                }
            }
        }
    }

    @Test
    void noLostFileIsGoneOnWithout() throws Exception {
        for (String name : sound.keySet()) {
            Map<String, byte[]> files = new LinkedHashMap<>(sound);
            files.remove(name);

            assertThat(openedSequence(files)).as(name).isZero();
        }
    }

    private int[] places(int length) {
        return length <= PLACES
                ? IntStream.range(0, length).toArray()
                : random.ints(PLACES, 0, length).toArray();
    }

    private void assertRebuilt(String name, int place, byte[] damaged) throws Exception {
        Map<String, byte[]> files = new LinkedHashMap<>(sound);
        files.put(name, damaged);

        assertThat(openedSequence(files)).as("%s at %s, seed %s", name, place, seed).isZero();
    }

    /** The transaction from which an index over these files goes on. */
    private long openedSequence(Map<String, byte[]> files) throws Exception {
        Directory directory = new ByteBuffersDirectory();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            try (IndexOutput out = directory.createOutput(file.getKey(), IOContext.DEFAULT)) {
                out.writeBytes(file.getValue(), file.getValue().length);
            }
        }
        try (SearchIndex index = new IndexOpening(engine, () -> directory).open(false)) {
            return index.stamp().sequence();
        }
    }

    private static byte[] read(Directory directory, String name) throws IOException {
        try (IndexInput in = directory.openInput(name, IOContext.READONCE)) {
            byte[] bytes = new byte[(int) in.length()];
            in.readBytes(bytes, 0, bytes.length);
            return bytes;
        }
    }
}
