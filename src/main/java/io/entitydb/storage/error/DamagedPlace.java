package io.entitydb.storage.error;

import io.entitydb.entity.EntityKey;

import lombok.Builder;

import org.jspecify.annotations.Nullable;

import java.util.Locale;

/**
 * A stretch of a file whose bytes do not verify, with what is known of it.
 *
 * @param file name of the file
 * @param position where it begins, in bytes
 * @param length how long it is, in bytes; 0 if that is not known
 * @param part what stands there
 * @param key the entity concerned; null if that is not known, or if it is more than one
 * @param version number of the version concerned; 0 if that is not known
 * @param sequence transaction concerned; 0 if that is not known
 * @param reason which rule failed, with expected and actual value
 * @param finder who met it first
 * @param foundAt when, in nanoseconds since 1970; 0 if nobody looked at the clock
 */
@Builder(toBuilder = true)
public record DamagedPlace(
        String file,
        long position,
        long length,
        Part part,
        @Nullable EntityKey key,
        long version,
        long sequence,
        String reason,
        Finder finder,
        long foundAt) {

    /** Refuses what is no stretch of a file. */
    public DamagedPlace {
        if (position < 0 || length < 0 || version < 0 || sequence < 0) {
            throw new IllegalArgumentException(
                    "damaged place at %d of %d bytes, version %d, transaction %d"
                            .formatted(position, length, version, sequence));
        }
    }

    /** What stands at a damaged place. */
    public enum Part {
        /** One of the two headers. */
        HEADER,
        /** A frame as a whole: its header, its trailer or its place in the chain. */
        FRAME,
        /** A version of an entity. */
        VERSION,
        /** A piece of a content. */
        CHUNK,
        /** Words that records refer to. */
        DICTIONARY,
        /** Something derived: an image of the index, or the search index. */
        DERIVED;

        /** Name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Who meets damage. */
    public enum Finder {
        /** A read of an entity. */
        READ,
        /** The opening of the store. */
        OPENING,
        /** A check of the whole file. */
        SCRUB;

        /** Name in lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** What a read that failed tells; more is added with {@link #toBuilder}. */
    public static DamagedPlace of(CorruptDataException damage, Part part, Finder finder) {
        return DamagedPlace.builder()
                .file(damage.file())
                .position(damage.position())
                .part(part)
                .reason(damage.reason())
                .finder(finder)
                .build();
    }

    /** Whether a position lies within. */
    public boolean covers(long at) {
        return at == position || (at > position && at - position < length);
    }

    /** This place with what another finding at the same position knows besides. */
    DamagedPlace with(DamagedPlace later) {
        return toBuilder()
                .length(Math.max(length, later.length))
                .key(key == null ? later.key : key)
                .version(version == 0 ? later.version : version)
                .sequence(sequence == 0 ? later.sequence : sequence)
                .build();
    }
}
