/** Rules that the sources themselves must obey, and the parts that check them. */
@NullMarked
package io.entitydb.tidy;

import org.jspecify.annotations.NullMarked;
