/** COS request signatures (q-sign): made and verified. */
@NullMarked
package io.sealgate.core.signing;

import org.jspecify.annotations.NullMarked;
