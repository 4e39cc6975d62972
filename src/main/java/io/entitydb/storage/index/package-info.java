/** The entity index: where the newest version of each entity stands in the log. */
@NullMarked
package io.entitydb.storage.index;

import org.jspecify.annotations.NullMarked;
