package io.entitydb.web.changes;

import io.entitydb.entity.EntityKey;

import java.util.Objects;

/** What cursors of the feed name entities by. */
public final class Marks {

    private Marks() {}

    /** The mark of an entity. */
    public static long of(String dataset, String id) {
        return ChangePlace.mark(new EntityKey(dataset, id));
    }

    /** The mark in a cursor. */
    public static long in(String cursor) {
        return Objects.requireNonNull(ChangeCursor.read(cursor), "a cursor").last();
    }
}
