/** The engine: an append-only log that is the database, and the parts derived from it. */
@NullMarked
@ApplicationModule(allowedDependencies = {"entity", "temporal"})
package io.entitydb.storage;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
