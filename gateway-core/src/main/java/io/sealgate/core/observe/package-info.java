/** Metrics and the access log. */
@NullMarked
package io.sealgate.core.observe;

import org.jspecify.annotations.NullMarked;
