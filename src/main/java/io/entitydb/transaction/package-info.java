/** Spring's transactions over the engine, and the repository of entities that works within them. */
@NullMarked
@ApplicationModule(
        allowedDependencies = {"entity", "query", "storage", "storage :: error", "temporal"})
package io.entitydb.transaction;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
