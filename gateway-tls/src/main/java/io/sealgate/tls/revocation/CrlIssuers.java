package io.sealgate.tls.revocation;

import io.sealgate.core.model.DistinguishedName;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.bouncycastle.asn1.ASN1OctetString;
import org.jspecify.annotations.Nullable;

/**
 * The CAs whose lists are taken: those of the trust bundle. Immutable.
 *
 * @param authorities with strong keys
 */
record CrlIssuers(List<X509Certificate> authorities) {

    private static final int CRL_SIGN = 6;
    private static final String SUBJECT_KEY_IDENTIFIER_OID = "2.5.29.14";

    CrlIssuers {
        authorities = List.copyOf(authorities);
    }

    /** True if a list of {@code issuer} is one of these CAs'. */
    boolean include(AuthorityId issuer) {
        return authorities.stream()
                .anyMatch(authority -> AuthorityId.of(authority).equals(issuer));
    }

    /** Those of this name, at least one. */
    List<X509Certificate> named(X500Principal name) throws CrlException {
        List<X509Certificate> named = authorities.stream()
                .filter(authority -> authority.getSubjectX500Principal().equals(name))
                .toList();
        if (named.isEmpty()) {
            throw CrlException.ofStranger("issuer: " + printable(name) + " (expected: a CA of the trust bundle)");
        }
        return named;
    }

    /**
     * Who has signed, with the right to.
     *
     * @param candidates    not empty, all of one name
     * @param signer        the one whose key has verified the signature
     * @param keyIdentifier what the list says about its issuer's key; a hint for the message, the signature decides
     */
    AuthorityId signer(
            List<X509Certificate> candidates, Optional<AuthorityId> signer, @Nullable ByteBuffer keyIdentifier)
            throws CrlException {
        String name = printable(candidates.get(0).getSubjectX500Principal());
        if (signer.isEmpty()) {
            throw isOfAnotherKey(candidates, keyIdentifier)
                    ? CrlException.ofStranger(
                            "issuer: " + name + " with another key (expected: a CA of the trust bundle)")
                    : new CrlException("signature: not that of " + name + " (expected: an intact CRL of this CA)");
        }
        boolean maySign = candidates.stream()
                .filter(candidate -> AuthorityId.of(candidate).equals(signer.get()))
                .anyMatch(CrlIssuers::maySignLists);
        if (!maySign) {
            throw new CrlException(
                    "issuer: " + name + ", key usage without cRLSign (expected: with it, or no key usage)");
        }
        return signer.get();
    }

    /** RFC 5280 §6.3.3 (f). */
    private static boolean maySignLists(X509Certificate authority) {
        boolean[] usages = authority.getKeyUsage();
        return usages == null || usages[CRL_SIGN];
    }

    private static boolean isOfAnotherKey(List<X509Certificate> candidates, @Nullable ByteBuffer keyIdentifier) {
        return keyIdentifier != null
                && candidates.stream().noneMatch(candidate -> keyIdentifier.equals(subjectKeyIdentifier(candidate)));
    }

    private static @Nullable ByteBuffer subjectKeyIdentifier(X509Certificate authority) {
        byte[] extension = authority.getExtensionValue(SUBJECT_KEY_IDENTIFIER_OID);
        if (extension == null) {
            return null;
        }
        byte[] value = ASN1OctetString.getInstance(extension).getOctets();
        return ByteBuffer.wrap(ASN1OctetString.getInstance(value).getOctets());
    }

    private static String printable(X500Principal name) {
        return DistinguishedName.of(name).toString();
    }
}
