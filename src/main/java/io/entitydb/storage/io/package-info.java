/** The only door to the operating system: files, clock and lock. */
@NullMarked
@NamedInterface("io")
package io.entitydb.storage.io;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
