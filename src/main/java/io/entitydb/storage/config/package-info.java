/** Makes the engine a part of a Spring application: its settings, its beans and its life cycle. */
@NullMarked
package io.entitydb.storage.config;

import org.jspecify.annotations.NullMarked;
