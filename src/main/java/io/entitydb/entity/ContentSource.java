package io.entitydb.entity;

import java.io.InputStream;

/** Where the bytes of a content come from. */
@FunctionalInterface
public interface ContentSource {

    /** A new stream over all the bytes, from the first on; the caller closes it. */
    InputStream open();
}
