/** Opening a store: choosing the header, replaying the log, settling the tail. */
@NullMarked
package io.entitydb.storage.recovery;

import org.jspecify.annotations.NullMarked;
