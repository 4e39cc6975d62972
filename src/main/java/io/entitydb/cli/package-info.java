/**
 * What an operator does with a store that no service has open: commands of the same jar, without
 * Spring. Each says in its exit code how it went.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "backup",
            "entity",
            "search",
            "security",
            "storage",
            "storage :: error",
            "storage :: repair",
            "temporal",
            "transaction"
        })
package io.entitydb.cli;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
