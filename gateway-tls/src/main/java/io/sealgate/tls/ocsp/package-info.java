/** What a CA's responder says of one certificate (OCSP, RFC 6960): asked in the handshake, verified, and remembered for a while. */
@NullMarked
package io.sealgate.tls.ocsp;

import org.jspecify.annotations.NullMarked;
