/** The tags of a dataset. */
@NullMarked
package io.entitydb.web.tags;

import org.jspecify.annotations.NullMarked;
