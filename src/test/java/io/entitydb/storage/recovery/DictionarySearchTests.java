package io.entitydb.storage.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import io.entitydb.entity.EntityKey;
import io.entitydb.storage.header.Header;
import io.entitydb.storage.log.Commitment;
import io.entitydb.storage.log.FrameAppender;
import io.entitydb.storage.log.FrameHeader;
import io.entitydb.storage.log.FrameLayout;
import io.entitydb.storage.log.RecordLayout;
import io.entitydb.storage.log.TagDictionary;
import io.entitydb.storage.log.WrittenLog;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.Objects;

/** Whether another copy of the dictionary serves in place of one that is damaged. */
class DictionarySearchTests {

    private static final int COUNT = FrameLayout.HEADER_BYTES + RecordLayout.PREFIX_BYTES;

    private final HandmadeStore store = new HandmadeStore();
    private final TagDictionary loaded = new TagDictionary();
    private FrameHeader first;
    private FrameHeader second;

    @BeforeEach
    void twoCopiesOfAllWords() {
        store.add(HandmadeStore.KEY, 1, 0);
        store.write();
        first = copy();
        second = copy();
        store.flip(second.position() + COUNT + 8);
    }

    private FrameHeader copy() {
        store.appender().appendDictionary();
        FrameHeader written = Objects.requireNonNull(store.appender().dictionaryFrame());
        store.write();
        return written;
    }

    /** Whether a copy was found for the second one, which is damaged. */
    private boolean isReplaced(long checkpoint) {
        store.publish();
        Header header =
                store.header().toBuilder()
                        .tagDictOffset(second.position())
                        .tagDictSize(second.length())
                        .build();
        return new DictionarySearch(store.file(), store.frames(), store.border().position())
                .replace(header, checkpoint, loaded);
    }

    @Test
    void copyOfTheOneBeforeServes() {
        assertThat(isReplaced(second.end())).isTrue();
        assertThat(loaded.size()).isPositive();
    }

    @Test
    void copyServesWhateverTheDamagedOneTellsOfItsWords() {
        store.flip(second.position() + COUNT);

        assertThat(isReplaced(second.end())).isTrue();
    }

    @Test
    void noCheckpointMadeItACopy() {
        assertThat(isReplaced(second.end() + 8)).isTrue();
        store.flip(second.position() + COUNT);

        assertThat(isReplaced(second.end() + 8)).isFalse();
    }

    @Test
    void damageBetweenTheTwoLeavesItsOwnWordsToTell() {
        store.flip(first.position());

        assertThat(isReplaced(second.end())).isTrue();
        store.flip(second.position() + COUNT);
        assertThat(isReplaced(second.end())).isFalse();
    }

    @Test
    void headerOfTheDamagedOneNeedNotBeReadable() {
        store.flip(second.position());
        store.flip(second.position() + COUNT);

        assertThat(isReplaced(second.end())).isTrue();
    }

    @Test
    void allCopiesThatAreWholeAreLoadedPastWhatIsDamaged() {
        store.flip(first.position());

        new DictionarySearch(store.file(), store.frames(), store.border().position())
                .loadAll(first.position(), loaded);
        assertThat(loaded.size()).isZero();

        FrameHeader third = copy();
        new DictionarySearch(store.file(), store.frames(), third.end())
                .loadAll(first.position(), loaded);
        assertThat(loaded.size()).isPositive();
    }

    @Test
    void copyThatContradictsOthersIsPassedOver() {
        TagDictionary other = new TagDictionary();
        FrameAppender appender =
                new FrameAppender(store.header().identity(), other, 4_096, store.border());
        appender.begin(store.border(), 0, 1);
        appender.append(
                List.of(WrittenLog.draft(new EntityKey("another", "a"), 1, 0)),
                new Commitment(2, store.nextTime()));
        store.file().write(appender.bytes(), store.border().position());
        DictionarySearch search =
                new DictionarySearch(store.file(), store.frames(), appender.chain().position());

        search.loadAll(Header.DATA_OFFSET, loaded);

        assertThat(other.size()).isEqualTo(loaded.size());
        assertThat(other.agreesWith(loaded)).isFalse();
        assertThat(store.reader().dictionary().agreesWith(loaded)).isTrue();
    }

    @Test
    void withoutACopyNothingIsLoaded() {
        store.flip(first.position() + COUNT + 8);
        store.flip(Header.DATA_OFFSET + FrameLayout.HEADER_BYTES + 4);
        long old = Header.DATA_OFFSET + store.header().tagDictSize();
        store.flip(old + COUNT + 8);

        assertThat(isReplaced(second.end())).isFalse();
        assertThat(loaded.size()).isZero();
    }
}
