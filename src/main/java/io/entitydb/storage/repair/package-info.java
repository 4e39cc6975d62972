/**
 * Looks for damage in a data file, and in what is derived from it; makes a data file anew from what
 * verifies.
 */
@NullMarked
@NamedInterface("repair")
package io.entitydb.storage.repair;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
