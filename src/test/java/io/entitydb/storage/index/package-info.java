/** Tests of the entity index and its image. */
@NullMarked
package io.entitydb.storage.index;

import org.jspecify.annotations.NullMarked;
