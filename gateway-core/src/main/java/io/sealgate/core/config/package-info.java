/** Configuration records that complete themselves with defaults and report every problem with its path. */
@NullMarked
package io.sealgate.core.config;

import org.jspecify.annotations.NullMarked;
