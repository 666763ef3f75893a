/** Revocation lists on their own, without a gateway around them. */
@NullMarked
package io.sealgate.bench.crl;

import org.jspecify.annotations.NullMarked;
