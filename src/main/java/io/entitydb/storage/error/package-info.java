/** What can go wrong in the engine: one sealed family. */
@NullMarked
@NamedInterface("error")
package io.entitydb.storage.error;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.NamedInterface;
