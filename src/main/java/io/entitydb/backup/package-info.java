/**
 * Backups of a store that goes on, and stores that are made from them: whole copies of the log and
 * increments of it, in a directory of their own.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "entity",
            "storage",
            "storage :: error",
            "storage :: header",
            "storage :: io",
            "storage :: repair",
            "temporal"
        })
package io.entitydb.backup;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
