package io.entitydb.search;

import org.apache.lucene.store.Directory;

import java.io.IOException;

/** Where the files of the index lie. */
@FunctionalInterface
interface DirectorySource {

    /** The directory, made if it is missing; whoever asked closes it. */
    Directory open() throws IOException;
}
