package io.entitydb.storage.header;

import java.util.function.UnaryOperator;

/** What the concurrency tests ask of {@link HeaderSync} and of its broken twins. */
interface HeaderOwner {

    Header current();

    Header update(UnaryOperator<Header> change);

    /** The real one. */
    static HeaderOwner synchronised(Header initial, HeaderSink sink) {
        HeaderSync sync = new HeaderSync(initial, sink);
        return new HeaderOwner() {
            @Override
            public Header current() {
                return sync.current();
            }

            @Override
            public Header update(UnaryOperator<Header> change) {
                return sync.update(change);
            }
        };
    }

    /** Broken: two updates may start from the same header. */
    final class Unlocked implements HeaderOwner {

        private final HeaderSink sink;
        private volatile Header current;

        Unlocked(Header initial, HeaderSink sink) {
            this.current = initial;
            this.sink = sink;
        }

        @Override
        public Header current() {
            return current;
        }

        @Override
        public Header update(UnaryOperator<Header> change) {
            Header before = current;
            Header next = change.apply(before).withGeneration(before.generation() + 1);
            sink.publish(next);
            current = next;
            return next;
        }
    }

    /** Broken: readers see a header before it is forced. */
    final class SwapsFirst implements HeaderOwner {

        private final HeaderSink sink;
        private volatile Header current;

        SwapsFirst(Header initial, HeaderSink sink) {
            this.current = initial;
            this.sink = sink;
        }

        @Override
        public Header current() {
            return current;
        }

        @Override
        public synchronized Header update(UnaryOperator<Header> change) {
            Header before = current;
            Header next = change.apply(before).withGeneration(before.generation() + 1);
            current = next;
            sink.publish(next);
            return next;
        }
    }

    /** Broken: readers put a header together from two reads. */
    final class ReadTwice implements HeaderOwner {

        private final HeaderOwner owner;

        ReadTwice(Header initial, HeaderSink sink) {
            this.owner = synchronised(initial, sink);
        }

        @Override
        public Header current() {
            Header first = owner.current();
            byte[] copy = HeaderCodec.encode(first);
            return HeaderCodec.decode(copy, first.slot(), "copy")
                    .withWalOffset(owner.current().walOffset());
        }

        @Override
        public Header update(UnaryOperator<Header> change) {
            return owner.update(change);
        }
    }
}
