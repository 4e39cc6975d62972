/** The numbered scenarios that a store of entities must get right, and that they are all tested. */
@NullMarked
package io.entitydb.regression;

import org.jspecify.annotations.NullMarked;
