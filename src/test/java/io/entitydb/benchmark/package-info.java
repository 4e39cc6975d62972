/** Benchmarks that are run by hand; see the README. They are not tests and assert nothing. */
@NullMarked
package io.entitydb.benchmark;

import org.jspecify.annotations.NullMarked;
