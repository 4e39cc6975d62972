package io.entitydb.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.index.SerialMergeScheduler;
import org.apache.lucene.index.TieredMergePolicy;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/** Which segments become one where it is asked for; nothing is merged by itself here. */
class IdleMergePolicyTests {

    private IndexWriter writer;
    private int written;

    @BeforeEach
    void open() throws IOException {
        TieredMergePolicy seldom = new TieredMergePolicy().setSegmentsPerTier(1000);
        writer =
                new IndexWriter(
                        new ByteBuffersDirectory(),
                        new IndexWriterConfig()
                                .setMergePolicy(new IdleMergePolicy(seldom))
                                .setMergeScheduler(new SerialMergeScheduler()));
    }

    @AfterEach
    void close() throws IOException {
        writer.close();
    }

    private void segment(int documents) throws IOException {
        for (int i = 0; i < documents; i++) {
            Document document = new Document();
            document.add(new StringField("id", "e" + written++, Field.Store.YES));
            writer.addDocument(document);
        }
        writer.flush();
    }

    private List<Integer> segments() throws IOException {
        List<Integer> documents = new ArrayList<>();
        try (DirectoryReader reader = DirectoryReader.open(writer)) {
            reader.leaves().forEach(leaf -> documents.add(leaf.reader().numDocs()));
        }
        return documents.stream().sorted().toList();
    }

    @Test
    void nothingHappensUnlessItIsAskedFor() throws Exception {
        for (int i = 0; i < 5; i++) {
            segment(10);
        }

        assertThat(segments()).containsExactly(10, 10, 10, 10, 10);
    }

    @Test
    void segmentsOfOneSizeBecomeOne() throws Exception {
        for (int i = 0; i < 5; i++) {
            segment(10);
        }

        writer.maybeMerge();

        assertThat(segments()).containsExactly(50);
    }

    @Test
    void aLargeOneStaysBesideSmallOnes() throws Exception {
        segment(20_000);
        segment(10);
        segment(10);

        writer.maybeMerge();

        assertThat(segments()).containsExactly(20, 20_000);
    }

    @Test
    void oneSegmentIsNotWrittenAnew() throws Exception {
        segment(10);
        writer.commit();

        writer.maybeMerge();

        assertThat(writer.hasUncommittedChanges()).isFalse();
    }

    /** After each segment it is asked for: few segments, and few documents written again. */
    @Test
    void aDocumentIsWrittenSeldom() throws Exception {
        List<Integer> before = List.of();
        long again = 0;
        for (int i = 0; i < 256; i++) {
            segment(100);
            writer.maybeMerge();
            List<Integer> after = segments();
            again += sum(after) - sumOfCommon(before, after);
            before = after;
        }

        assertThat(before).hasSizeLessThan(10);
        assertThat(again / 25_600.0).isBetween(1.0, 12.0);
    }

    private static long sum(List<Integer> sizes) {
        return sizes.stream().mapToLong(size -> size).sum();
    }

    private static long sumOfCommon(List<Integer> before, List<Integer> after) {
        Collection<Integer> left = new ArrayList<>(before);
        return after.stream().filter(left::remove).mapToLong(size -> size).sum();
    }
}
