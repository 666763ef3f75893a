package io.sealgate.tls;

import io.sealgate.core.spi.CertificateTerm;
import io.sealgate.core.spi.CertificateTerm.Kind;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.stream.Stream;

/** Reads off certificates until when they are valid. */
final class CertificateTerms {

    private CertificateTerms() {}

    /** Of what a listener presents, each with the issuers that come with it, and of the CAs that it trusts. */
    static List<CertificateTerm> of(ServerCertificates certificates, TrustBundle bundle) {
        Stream<CertificateTerm> server = certificates.all().stream()
                .flatMap(certificate -> certificate.material().chain().stream())
                .map(certificate -> term(Kind.SERVER, certificate));
        Stream<CertificateTerm> trusted = bundle.all().map(certificate -> term(Kind.CA, certificate));
        return Stream.concat(server, trusted).distinct().toList();
    }

    /** Of what is presented to an origin, and of the CAs that are trusted to vouch for it. */
    static List<CertificateTerm> of(UpstreamTls.Material material) {
        return Stream.concat(
                        material.presented().map(certificate -> term(Kind.CLIENT, certificate)),
                        material.trusted().map(certificate -> term(Kind.CA, certificate)))
                .distinct()
                .toList();
    }

    private static CertificateTerm term(Kind kind, X509Certificate certificate) {
        return new CertificateTerm(
                kind,
                Certificates.subject(certificate),
                certificate.getSerialNumber().toString(16),
                certificate.getNotBefore().toInstant(),
                certificate.getNotAfter().toInstant());
    }
}
