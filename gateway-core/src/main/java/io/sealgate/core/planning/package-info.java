/** From a request head to a plan: parse, route, authorize, rewrite. No I/O. */
@NullMarked
package io.sealgate.core.planning;

import org.jspecify.annotations.NullMarked;
