/**
 * Tests of the Helm chart: Helm itself renders it, through a native library. They run in a JVM of
 * their own, see the pom.
 */
@NullMarked
package io.entitydb.helm;

import org.jspecify.annotations.NullMarked;
