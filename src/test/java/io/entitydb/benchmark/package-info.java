/**
 * Measures EntityDB beside what a user could pick instead and beside the limits of the machine, all
 * with the same work in one run. Here is what the build's own guard needs; peers, workloads and
 * reports are in {@code src/jmh}, which only the profile {@code benchmark} compiles.
 */
@NullMarked
package io.entitydb.benchmark;

import org.jspecify.annotations.NullMarked;
