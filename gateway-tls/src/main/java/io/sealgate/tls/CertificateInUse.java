package io.sealgate.tls;

import java.nio.file.Path;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A certificate that is presented or trusted, and where it is from.
 *
 * @param file   that it was read from
 * @param use    what it is there for
 * @param effect what becomes of peers if it is not valid, for the operator; may be empty
 */
record CertificateInUse(X509Certificate certificate, Path file, Use use, Supplier<String> effect) {

    private static final String ANY_PURPOSE = "2.5.29.37.0";

    /** What a certificate is there for. */
    enum Use {
        /** A listener presents it. */
        SERVER("serverAuth", "1.3.6.1.5.5.7.3.1"),
        /** It is presented to an origin. */
        CLIENT("clientAuth", "1.3.6.1.5.5.7.3.2"),
        /** It comes with one of these, or is trusted. */
        AUTHORITY("", "");

        private final String purpose;
        private final String oid;

        Use(String purpose, String oid) {
            this.purpose = purpose;
            this.oid = oid;
        }

        /** Why peers that go by RFC 5280 refuse a valid certificate in this use. */
        Optional<String> flaw(X509Certificate certificate) {
            if (this == AUTHORITY) {
                return Optional.empty(); // has rules of its own
            }
            boolean[] usages = certificate.getKeyUsage();
            if (usages != null && !usages[0]) {
                return Optional.of(
                        "key usage without digitalSignature (expected: with it, or no key usage: no handshake"
                                + " with TLS 1.3 or ECDHE does without a signature)");
            }
            return isFor(certificate)
                    ? Optional.empty()
                    : Optional.of("extended key usage without " + purpose
                            + " (expected: with it, or no extended key usage: peers refuse it)");
        }

        private boolean isFor(X509Certificate certificate) {
            try {
                List<String> purposes = certificate.getExtendedKeyUsage();
                return purposes == null || purposes.contains(oid) || purposes.contains(ANY_PURPOSE);
            } catch (CertificateParsingException e) {
                return false;
            }
        }
    }

    /** One whose end has no effect that could be told. */
    CertificateInUse(X509Certificate certificate, Path file, Use use) {
        this(certificate, file, use, () -> "");
    }
}
