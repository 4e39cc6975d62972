package io.entitydb.storage.log;

import io.entitydb.entity.Digest;
import io.entitydb.entity.Entity;

/** What stands in a copied transaction in place of one of its records. */
public sealed interface RecordCopy {

    /** A namespace, a value and a time take at least that many bytes. */
    int LEAST_TAG_BYTES = 2 + Long.BYTES;

    /** Most bytes of a word that is written out. */
    int LONGEST_WORD_BYTES = TagDictionary.MAX_WORD_BYTES + 3;

    /** The digest of the record, which stays. */
    Digest digest();

    /** How many bytes it takes at most beside a dictionary. */
    long maxBytes(TagDictionary dictionary);

    /**
     * Only the digest is left.
     *
     * @param digest the digest that the record had
     */
    record Stub(Digest digest) implements RecordCopy {

        @Override
        public long maxBytes(TagDictionary dictionary) {
            return RecordLayout.PREFIX_BYTES;
        }
    }

    /**
     * All facts are left.
     *
     * @param source the record
     * @param words the words that it refers to by number
     * @param links where it leads to in the other file
     * @param content where its content stands there
     */
    record Whole(VersionRecord source, TagDictionary words, Links links, CopiedContent content)
            implements RecordCopy {

        @Override
        public Digest digest() {
            return source.digest();
        }

        @Override
        public long maxBytes(TagDictionary dictionary) {
            int bytes = source.raw().bytes().length;
            long words = 2L + Math.min(Entity.MAX_TAGS, bytes / LEAST_TAG_BYTES);
            long longer = dictionary.agreesWith(this.words) ? 0 : words * LONGEST_WORD_BYTES;
            return bytes
                    + longer
                    + switch (content) {
                        case CopiedContent.Same s -> 0;
                        case CopiedContent.Inline inline -> inline.bytes().length;
                        case CopiedContent.Earlier e -> 2L * Long.BYTES;
                        case CopiedContent.Chunks chunks ->
                                2L * Long.BYTES + (long) Long.BYTES * chunks.positions().size();
                    };
        }
    }

    /**
     * The neighbours of a version.
     *
     * @param previousPosition the version before; 0 if the file holds none
     * @param jumpPosition a version further back; 0 for none
     * @param livingDelta what the version adds to the number of living entities: −1, 0 or 1
     */
    record Links(long previousPosition, long jumpPosition, int livingDelta) {}
}
