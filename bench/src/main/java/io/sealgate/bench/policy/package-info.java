/** Decisions by policies on their own, without a gateway around them. */
@NullMarked
package io.sealgate.bench.policy;

import org.jspecify.annotations.NullMarked;
