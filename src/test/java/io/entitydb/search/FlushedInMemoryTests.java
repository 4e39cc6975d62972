package io.entitydb.search;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.lucene.document.Document;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.Arrays;

/** What is flushed stays in memory; what is merged or committed is on the disk. */
class FlushedInMemoryTests {

    private static long segmentFiles(Directory disk) throws IOException {
        return Arrays.stream(disk.listAll()).filter(file -> file.startsWith("_")).count();
    }

    @Test
    void onlyFlushedSegmentsAreKept() throws IOException {
        try (Directory disk = new ByteBuffersDirectory();
                Directory index = new FlushedInMemory(disk);
                IndexWriter writer = new IndexWriter(index, new IndexWriterConfig())) {
            for (int i = 0; i < 3; i++) {
                writer.addDocument(new Document());
                DirectoryReader.open(writer).close();
            }

            assertThat(segmentFiles(disk)).isZero();

            writer.forceMerge(1);
            long merged = segmentFiles(disk);
            assertThat(merged).isPositive();

            writer.addDocument(new Document());
            DirectoryReader.open(writer).close();
            assertThat(segmentFiles(disk)).isEqualTo(merged);

            writer.commit();
            assertThat(segmentFiles(disk)).isGreaterThan(merged);
        }
    }
}
