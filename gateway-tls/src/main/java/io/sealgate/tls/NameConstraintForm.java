package io.sealgate.tls;

import static io.sealgate.core.spi.HandshakeRefusal.INVALID_CERTIFICATE;

import java.security.cert.X509Certificate;
import java.util.stream.Stream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.jspecify.annotations.Nullable;

/**
 * The form of name constraints (RFC 5280 §4.2.1.10). The JDK enforces them, but takes some that can mean nothing for ones that
 * nothing falls under: an exclusion with a slip in it would exclude nobody.
 */
final class NameConstraintForm {

    private static final String OID = "2.5.29.30";
    private static final int IPV4_WITH_MASK = 8;
    private static final int IPV6_WITH_MASK = 32;

    private NameConstraintForm() {}

    static boolean isConstrained(X509Certificate certificate) {
        return certificate.getExtensionValue(OID) != null;
    }

    /** Refuses a certificate whose constraints cannot be understood, or constrain nothing. */
    static void check(X509Certificate certificate) throws RefusedCertificateException {
        byte[] extension = certificate.getExtensionValue(OID);
        if (extension == null) {
            return;
        }
        GeneralSubtree[] subtrees = subtrees(certificate, extension);
        if (subtrees.length == 0) {
            throw refusal(certificate, "name constraints without a name");
        }
        for (GeneralSubtree subtree : subtrees) {
            if (!isWellFormed(subtree.getBase())) {
                throw refusal(certificate, "name constraint " + subtree.getBase());
            }
        }
    }

    /** The DNS names that a certificate whose constraints were checked excludes. */
    static Stream<String> excludedDnsNames(X509Certificate certificate) {
        byte[] extension = certificate.getExtensionValue(OID);
        return extension == null
                ? Stream.empty()
                : each(parse(extension).getExcludedSubtrees())
                        .map(GeneralSubtree::getBase)
                        .filter(base -> base.getTagNo() == GeneralName.dNSName)
                        .map(base -> base.getName().toString());
    }

    private static GeneralSubtree[] subtrees(X509Certificate certificate, byte[] extension)
            throws RefusedCertificateException {
        try {
            NameConstraints constraints = parse(extension);
            return Stream.concat(each(constraints.getPermittedSubtrees()), each(constraints.getExcludedSubtrees()))
                    .toArray(GeneralSubtree[]::new);
        } catch (RuntimeException e) {
            throw refusal(certificate, "unreadable name constraints");
        }
    }

    private static NameConstraints parse(byte[] extension) {
        return NameConstraints.getInstance(
                ASN1OctetString.getInstance(extension).getOctets());
    }

    private static Stream<GeneralSubtree> each(GeneralSubtree @Nullable [] subtrees) {
        return subtrees == null ? Stream.empty() : Stream.of(subtrees);
    }

    private static boolean isWellFormed(GeneralName base) {
        return switch (base.getTagNo()) {
            case GeneralName.dNSName -> !base.getName().toString().contains("*");
            case GeneralName.rfc822Name ->
                base.getName().toString().chars().filter(c -> c == '@').count() <= 1;
            case GeneralName.iPAddress -> {
                int length = ASN1OctetString.getInstance(base.getName()).getOctets().length;
                yield length == IPV4_WITH_MASK || length == IPV6_WITH_MASK;
            }
            default -> true;
        };
    }

    private static RefusedCertificateException refusal(X509Certificate certificate, String message) {
        return new RefusedCertificateException(
                INVALID_CERTIFICATE,
                Certificates.subject(certificate) + ": " + message + " (expected: RFC 5280 §4.2.1.10)");
    }
}
