/**
 * Revocation of client certificates by lists (CRL, RFC 5280 §5): from files to an immutable set of them, and from a path and that
 * set to a verdict.
 */
@NullMarked
package io.sealgate.tls.revocation;

import org.jspecify.annotations.NullMarked;
