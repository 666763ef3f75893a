/** The checksum kernels on their own, without a gateway around them. */
@NullMarked
package io.sealgate.bench.kernel;

import org.jspecify.annotations.NullMarked;
