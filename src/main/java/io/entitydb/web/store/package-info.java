/** The store as a whole: compaction and checkpoints. */
@NullMarked
package io.entitydb.web.store;

import org.jspecify.annotations.NullMarked;
