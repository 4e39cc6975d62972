/** Import and export of the entities of a dataset, as lines of JSON. */
@NullMarked
package io.entitydb.web.transfer;

import org.jspecify.annotations.NullMarked;
