/** The two ends of every measurement: a mutual-TLS client that checks each answer, and an origin that costs little. */
@NullMarked
package io.sealgate.bench.load;

import org.jspecify.annotations.NullMarked;
