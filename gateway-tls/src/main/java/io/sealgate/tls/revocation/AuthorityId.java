package io.sealgate.tls.revocation;

import io.sealgate.core.model.DistinguishedName;
import java.nio.ByteBuffer;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/**
 * What makes a CA the same CA: its name and its key. Two of one name are told apart by their keys, and one whose
 * certificate was renewed or cross-signed stays the same.
 *
 * @param key the subject public key info, read-only
 */
record AuthorityId(X500Principal name, ByteBuffer key) {

    static AuthorityId of(X509Certificate authority) {
        return new AuthorityId(
                authority.getSubjectX500Principal(),
                ByteBuffer.wrap(authority.getPublicKey().getEncoded()).asReadOnlyBuffer());
    }

    /** RFC 2253. */
    String printable() {
        return DistinguishedName.of(name).toString();
    }
}
