package io.sealgate.tls.ocsp;

import java.time.Instant;

/**
 * What a responder has said and signed.
 *
 * @param isRevoked otherwise the certificate is good
 * @param until     when somebody has to be asked again
 * @param detail    for the operator
 */
record OcspAnswer(boolean isRevoked, Instant until, String detail) {}
