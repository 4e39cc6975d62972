/** What was erased: the ledger that no restore rolls back. */
@NullMarked
package io.entitydb.storage.erase;

import org.jspecify.annotations.NullMarked;
