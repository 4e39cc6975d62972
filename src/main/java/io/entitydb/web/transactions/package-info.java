/** Transactions: changes to several entities that are made together or not at all. */
@NullMarked
package io.entitydb.web.transactions;

import org.jspecify.annotations.NullMarked;
