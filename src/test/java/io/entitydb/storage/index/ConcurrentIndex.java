package io.entitydb.storage.index;

/** What readers and the writer race on: the index, or a twin of it with a flaw. */
interface ConcurrentIndex {

    long find(long hash, PositionTest isKey);

    void insert(long hash, long position);

    boolean replace(long hash, long previousPosition, long position);

    /** The index itself. */
    static ConcurrentIndex real() {
        EntityIndex index = new EntityIndex();
        return new ConcurrentIndex() {
            @Override
            public long find(long hash, PositionTest isKey) {
                return index.find(hash, isKey);
            }

            @Override
            public void insert(long hash, long position) {
                index.insert(hash, position);
            }

            @Override
            public boolean replace(long hash, long previousPosition, long position) {
                return index.replace(hash, previousPosition, position);
            }
        };
    }
}
