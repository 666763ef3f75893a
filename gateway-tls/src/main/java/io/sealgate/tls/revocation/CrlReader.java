package io.sealgate.tls.revocation;

import static io.sealgate.tls.revocation.DerInput.BIT_STRING;
import static io.sealgate.tls.revocation.DerInput.EXPLICIT_0;
import static io.sealgate.tls.revocation.DerInput.INTEGER;
import static io.sealgate.tls.revocation.DerInput.SEQUENCE;

import java.io.IOException;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;

/**
 * Reads one {@code CertificateList} (RFC 5280 §5.1) in a single pass, and believes nothing of it before the signature at its end
 * has been verified. Confined to one list.
 */
final class CrlReader {

    private static final int VERSION_2 = 1;
    private static final int NOTHING = -1;
    private static final int LARGEST_NAME = 1 << 16;
    private static final int LARGEST_ALGORITHM = 1024;
    private static final int LARGEST_SIGNATURE = 1 << 13;

    private final DerInput in;
    private final CrlIssuers issuers;
    private final SignatureStrength strength;
    private final Instant now;

    private final SignerSearch search = new SignerSearch();
    private boolean hasExtensions;

    /**
     * Reads from {@code in}.
     *
     * @param issuers  whose lists are taken
     * @param strength which signatures are
     * @param now      no list may be made later
     */
    CrlReader(DerInput in, CrlIssuers issuers, SignatureStrength strength, Instant now) {
        this.in = in;
        this.issuers = issuers;
        this.strength = strength;
        this.now = now;
    }

    /** The list, and {@code in} stands behind it. */
    Crl read() throws IOException {
        in.header(SEQUENCE, Long.MAX_VALUE, "a CRL");
        long end = in.end();
        in.tap(search);
        in.header(SEQUENCE, end, "a tbsCertList");
        long signedEnd = in.end();
        byte[] algorithm = algorithm(signedEnd);
        X500Principal name = name(signedEnd);
        List<X509Certificate> candidates = issuers.named(name);
        search.begin(candidates, strong(algorithm));

        Instant thisUpdate = thisUpdate(signedEnd);
        Instant nextUpdate = nextUpdate(signedEnd, thisUpdate);
        int tag = next(signedEnd);
        RevokedSerials revoked = new RevokedSerials.Builder().build();
        if (tag == SEQUENCE) {
            revoked = new CrlEntries(in, hasExtensions).read();
            tag = next(signedEnd);
        }
        CrlExtensions extensions = CrlExtensions.NONE;
        if (tag == EXPLICIT_0 && hasExtensions && in.end() == signedEnd) {
            extensions = CrlExtensions.read(in, signedEnd);
            tag = next(signedEnd);
        }
        if (tag != NOTHING) {
            throw CrlException.malformed(in.position(), "tag " + Integer.toHexString(tag), "the end of the list");
        }
        in.tap(null);
        byte[] signature = signature(end, algorithm);
        AuthorityId issuer = issuers.signer(candidates, search.signer(signature), extensions.keyIdentifier());
        return new Crl(issuer, extensions.scope(), extensions.number(), thisUpdate, nextUpdate, revoked);
    }

    /** The next header's tag, or {@link #NOTHING}. */
    private int next(long end) throws IOException {
        return in.position() == end ? NOTHING : in.header(end);
    }

    /** Version, if there is one, and signature algorithm. */
    private byte[] algorithm(long end) throws IOException {
        int tag = in.header(end);
        if (tag == INTEGER) {
            byte[] version = in.value(1);
            if (version.length != 1 || version[0] != VERSION_2) {
                throw new CrlException("version: " + Arrays.toString(version) + " (expected: 2, or none for 1)");
            }
            hasExtensions = true;
            tag = in.header(end);
        }
        if (tag != SEQUENCE) {
            throw CrlException.malformed(in.position(), "tag " + Integer.toHexString(tag), "a signature algorithm");
        }
        return in.value(LARGEST_ALGORITHM);
    }

    private SignatureAlgorithm strong(byte[] content) throws IOException {
        SignatureAlgorithm algorithm = SignatureAlgorithm.of(content);
        Optional<String> weakness = algorithm.weakness(strength);
        if (weakness.isPresent()) {
            throw new CrlException("signature: " + weakness.get());
        }
        return algorithm;
    }

    private X500Principal name(long end) throws IOException {
        in.header(SEQUENCE, end, "the issuer's name");
        try {
            return new X500Principal(Der.element(SEQUENCE, in.value(LARGEST_NAME)));
        } catch (IllegalArgumentException e) {
            throw new CrlException("issuer: malformed (expected: a distinguished name)", e);
        }
    }

    private Instant thisUpdate(long end) throws IOException {
        Instant thisUpdate = Der.time(in.header(end), in.value(Der.LONGEST_TIME));
        if (thisUpdate.isAfter(now)) {
            throw new CrlException("thisUpdate: " + thisUpdate + " (expected: not in the future)");
        }
        return thisUpdate;
    }

    /** RFC 5280 §5.1.2.5 demands one; without it nobody could tell that a list is out of date. */
    private Instant nextUpdate(long end, Instant thisUpdate) throws IOException {
        int tag = next(end);
        if (!Der.isTime(tag)) {
            throw new CrlException("nextUpdate: none (expected: a time, RFC 5280 §5.1.2.5)");
        }
        Instant nextUpdate = Der.time(tag, in.value(Der.LONGEST_TIME));
        if (nextUpdate.isBefore(thisUpdate)) {
            throw new CrlException("nextUpdate: " + nextUpdate + " (expected: after thisUpdate, " + thisUpdate + ")");
        }
        return nextUpdate;
    }

    private byte[] signature(long end, byte[] algorithm) throws IOException {
        in.header(SEQUENCE, end, "a signature algorithm");
        if (!Arrays.equals(in.value(LARGEST_ALGORITHM), algorithm)) {
            throw new CrlException("signature algorithm: another one outside than inside (expected: the same)");
        }
        in.header(BIT_STRING, end, "a signature");
        byte[] bits = in.value(LARGEST_SIGNATURE);
        if (in.position() != end || bits.length == 0 || bits[0] != 0) {
            throw CrlException.malformed(in.position(), "signature of odd bits", "whole octets, and nothing behind");
        }
        return Arrays.copyOfRange(bits, 1, bits.length);
    }
}
