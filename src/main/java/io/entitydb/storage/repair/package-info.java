/** Looks for damage in a data file, and in what is derived from it. */
@NullMarked
@NamedInterface("repair")
package io.entitydb.storage.repair;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
