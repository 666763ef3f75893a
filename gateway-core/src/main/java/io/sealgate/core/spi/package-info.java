/** The ports that other modules implement: transport security, body taps, exchange listeners. */
@NullMarked
package io.sealgate.core.spi;

import org.jspecify.annotations.NullMarked;
