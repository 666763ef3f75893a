package io.sealgate.tls;

import static io.sealgate.core.spi.HandshakeRefusal.INVALID_CERTIFICATE;

import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import java.io.IOException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.jspecify.annotations.Nullable;

/**
 * The subject alternative names of a client certificate. None is an ordinary case; one that cannot be read is a
 * refusal, for a policy could take what is left for the whole.
 */
final class AlternativeNames {

    private static final String SUBJECT_ALT_NAME_OID = "2.5.29.17";

    /**
     * The JDK takes any IA5String for a DNS name, NUL included (the "good.example\0.evil" trick). Possessive, or else
     * each of a certificate's labels would take stack.
     */
    private static final Pattern DNS_NAME = Pattern.compile("(\\*\\.)?[A-Za-z0-9_-]++(\\.[A-Za-z0-9_-]++)*+");

    private static final Pattern MAILBOX = Pattern.compile("[\\x21-\\x7E&&[^@]]+@[\\x21-\\x7E&&[^@]]+");

    /** Not the address and mask of a name constraint, which the JDK takes too. */
    private static final Pattern ADDRESS = Pattern.compile("[0-9A-Fa-f.:]+");

    /**
     * Neither quotation mark nor backslash, which no URI has (RFC 3986 §2) and which end and escape what is quoted
     * in headers.
     */
    private static final Pattern PRINTABLE = Pattern.compile("[\\x21-\\x7E&&[^\"\\\\]]+");

    private AlternativeNames() {}

    /** Names of the kinds that identify machines, in their order. */
    static List<SubjectAltName> of(X509Certificate certificate) throws RefusedCertificateException {
        List<SubjectAltName> names = new ArrayList<>();
        for (List<?> entry : entries(certificate)) {
            SubjectAltName.Type type = type((Integer) entry.get(0));
            if (type != null) {
                names.add(name(certificate, type, (String) entry.get(1)));
            }
        }
        return List.copyOf(names);
    }

    /** Names of every kind, DER, in their order. */
    static List<byte[]> encoded(X509Certificate certificate) throws RefusedCertificateException {
        byte[] extension = certificate.getExtensionValue(SUBJECT_ALT_NAME_OID);
        if (extension == null) {
            return List.of();
        }
        try {
            byte[] value = ASN1OctetString.getInstance(extension).getOctets();
            List<byte[]> names = new ArrayList<>();
            for (ASN1Encodable name : ASN1Sequence.getInstance(value)) {
                names.add(name.toASN1Primitive().getEncoded());
            }
            return names;
        } catch (IOException | RuntimeException e) {
            throw refusal(certificate, "unreadable subject alternative names");
        }
    }

    private static Collection<List<?>> entries(X509Certificate certificate) throws RefusedCertificateException {
        Collection<List<?>> entries;
        try {
            entries = certificate.getSubjectAlternativeNames();
        } catch (CertificateParsingException e) {
            throw refusal(certificate, "unreadable subject alternative names");
        }
        if (entries != null) {
            return entries;
        }
        // Null also stands for a non-critical extension that the JDK could not read.
        if (certificate.getExtensionValue(SUBJECT_ALT_NAME_OID) != null) {
            throw refusal(certificate, "unreadable subject alternative names");
        }
        return List.of();
    }

    /** By the tag of GeneralName (RFC 5280 §4.2.1.6); null for the kinds that are not looked at. */
    private static SubjectAltName.@Nullable Type type(int tag) {
        return switch (tag) {
            case 1 -> SubjectAltName.Type.EMAIL;
            case 2 -> SubjectAltName.Type.DNS;
            case 6 -> SubjectAltName.Type.URI;
            case 7 -> SubjectAltName.Type.IP;
            default -> null;
        };
    }

    private static SubjectAltName name(X509Certificate certificate, SubjectAltName.Type type, String value)
            throws RefusedCertificateException {
        Pattern form =
                switch (type) {
                    case DNS -> DNS_NAME;
                    case EMAIL -> MAILBOX;
                    case IP -> ADDRESS;
                    case URI -> PRINTABLE;
                };
        if (!form.matcher(value).matches()) {
            throw refusal(certificate, "malformed " + type + " name");
        }
        return new SubjectAltName(type, value);
    }

    private static RefusedCertificateException refusal(X509Certificate certificate, String message) {
        return new RefusedCertificateException(
                INVALID_CERTIFICATE,
                Certificates.subject(certificate) + ": " + message + " (expected: RFC 5280 §4.2.1.6)");
    }
}
