/** Errors planted into the engine's own code, to see that the tests notice them. */
@NullMarked
package io.entitydb.planted;

import org.jspecify.annotations.NullMarked;
