/** Tests of frames and records. */
@NullMarked
package io.entitydb.storage.log;

import org.jspecify.annotations.NullMarked;
