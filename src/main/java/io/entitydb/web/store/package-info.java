/** The store as a whole: compaction, checkpoints, backups and checks. */
@NullMarked
package io.entitydb.web.store;

import org.jspecify.annotations.NullMarked;
