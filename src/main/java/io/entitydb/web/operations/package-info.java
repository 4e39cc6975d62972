/** Work that takes longer than a request: begun by one, watched by others. */
@NullMarked
package io.entitydb.web.operations;

import org.jspecify.annotations.NullMarked;
