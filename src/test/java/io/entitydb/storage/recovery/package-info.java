/** Tests of what opening a store does, with logs that are written frame by frame. */
@NullMarked
package io.entitydb.storage.recovery;

import org.jspecify.annotations.NullMarked;
