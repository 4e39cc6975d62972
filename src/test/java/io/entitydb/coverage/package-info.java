/**
 * The gate of branch coverage: every branch of some packages is reached, or listed with a reason.
 */
@NullMarked
package io.entitydb.coverage;

import org.jspecify.annotations.NullMarked;
