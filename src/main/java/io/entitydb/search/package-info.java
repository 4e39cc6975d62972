/**
 * Answers queries from a Lucene index that follows the log; the index is derived and can be thrown
 * away at any time.
 */
@NullMarked
@ApplicationModule(
        allowedDependencies = {
            "entity",
            "query",
            "storage",
            "storage :: error",
            "storage :: header",
            "storage :: repair",
            "temporal"
        })
package io.entitydb.search;

import org.jspecify.annotations.NullMarked;
import org.springframework.modulith.ApplicationModule;
