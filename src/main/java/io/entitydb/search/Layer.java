package io.entitydb.search;

/**
 * The two kinds of documents. Each has fields of its own for the same facts, so that a query of the
 * present never touches the postings of the past.
 */
enum Layer {
    /** The newest version of an entity; replaced when the next one is written. */
    CURRENT(""),
    /** A version that another has followed; never changed. */
    PAST("past.");

    private final String prefix;

    Layer(String prefix) {
        this.prefix = prefix;
    }

    /** Field of the tags. */
    String tags() {
        return prefix + "tags";
    }

    /** Field of the words of the content. */
    String text() {
        return prefix + "text";
    }

    /** Field of the dataset of a version whose text could not be read. */
    String unread() {
        return prefix + "unread";
    }

    /** Field of the dataset of a living entity. */
    String active() {
        return prefix + "active";
    }

    /** Field of the dataset of a tombstone. */
    String deleted() {
        return prefix + "deleted";
    }
}
