/** Reads a request head: framing, target, operation, route. Pure functions. */
@NullMarked
package io.sealgate.core.request;

import org.jspecify.annotations.NullMarked;
