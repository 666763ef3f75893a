package io.sealgate.tls.ocsp;

import java.time.Instant;

/**
 * What a responder has said and signed.
 *
 * @param isRevoked otherwise the certificate is good
 * @param isOnHold  revoked, but not for good
 * @param madeAt    {@code thisUpdate}: when this was known to be so
 * @param until     when somebody has to be asked again
 * @param detail    for the operator
 */
record OcspAnswer(boolean isRevoked, boolean isOnHold, Instant madeAt, Instant until, String detail) {}
