package io.sealgate.tls;

import io.sealgate.core.spi.HandshakeRefusal;
import java.security.cert.CertificateException;

/**
 * A client certificate that is not accepted, and why. The message is for the operator; the client only sees an alert.
 */
class RefusedCertificateException extends CertificateException {

    private static final long serialVersionUID = 1L;

    private final HandshakeRefusal reason;

    RefusedCertificateException(HandshakeRefusal reason, String message) {
        super(message);
        this.reason = reason;
    }

    RefusedCertificateException(HandshakeRefusal reason, String message, Throwable cause) {
        super(message, cause);
        this.reason = reason;
    }

    HandshakeRefusal reason() {
        return reason;
    }
}
