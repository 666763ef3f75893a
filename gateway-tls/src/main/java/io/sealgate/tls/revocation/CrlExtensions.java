package io.sealgate.tls.revocation;

import static io.sealgate.tls.revocation.DerInput.SEQUENCE;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.IssuingDistributionPoint;
import org.jspecify.annotations.Nullable;

/**
 * What a list says of itself as a whole (RFC 5280 §5.2). Unknown critical extensions are refused: the list would mean something
 * else than it seems to.
 *
 * @param number        {@code cRLNumber}, or null
 * @param keyIdentifier of the issuer's key, or null
 * @param scope         which certificates it speaks of
 */
record CrlExtensions(@Nullable BigInteger number, @Nullable ByteBuffer keyIdentifier, CrlScope scope) {

    private static final int CRL_NUMBER = 0x55_1D_14; // 2.5.29.20
    private static final int DELTA_INDICATOR = 0x55_1D_1B; // 2.5.29.27
    private static final int ISSUING_DISTRIBUTION_POINT = 0x55_1D_1C; // 2.5.29.28
    private static final int AUTHORITY_KEY_IDENTIFIER = 0x55_1D_23; // 2.5.29.35

    private static final int LARGEST = 1 << 16;

    static final CrlExtensions NONE = new CrlExtensions(null, null, CrlScope.ALL);

    /** Reads {@code crlExtensions} up to {@code end}, after their outer header. */
    static CrlExtensions read(DerInput in, long end) throws IOException {
        in.header(SEQUENCE, end, "CRL extensions");
        if (in.end() != end) {
            throw CrlException.malformed(in.position(), "more than CRL extensions", "nothing behind them");
        }
        CrlExtensions read = NONE;
        Set<Integer> seen = new HashSet<>();
        while (in.position() < end) {
            in.header(SEQUENCE, end, "a CRL extension");
            long extensionEnd = in.end();
            int id = ExtensionHead.id(in, extensionEnd);
            boolean critical = ExtensionHead.critical(in, extensionEnd);
            if (id != ExtensionHead.FOREIGN && !seen.add(id)) {
                throw CrlException.malformed(in.position(), "the same CRL extension again", "each once");
            }
            try {
                read = read.with(id, critical, in.value(LARGEST));
            } catch (RuntimeException e) {
                // Bouncy Castle reports what it cannot read in several unchecked ways.
                throw new CrlException("CRL extension: malformed (expected: RFC 5280 §5.2)", e);
            }
        }
        return read;
    }

    private CrlExtensions with(int id, boolean critical, byte[] value) throws CrlException {
        switch (id) {
            case CRL_NUMBER -> {
                return new CrlExtensions(ASN1Integer.getInstance(value).getValue(), keyIdentifier, scope);
            }
            case AUTHORITY_KEY_IDENTIFIER -> {
                byte[] octets = AuthorityKeyIdentifier.getInstance(value).getKeyIdentifierOctets();
                ByteBuffer identifier = octets == null ? null : ByteBuffer.wrap(octets);
                return new CrlExtensions(number, identifier, scope);
            }
            case ISSUING_DISTRIBUTION_POINT -> {
                return new CrlExtensions(
                        number, keyIdentifier, CrlScope.of(IssuingDistributionPoint.getInstance(value)));
            }
            case DELTA_INDICATOR -> throw new CrlException("CRL: a delta CRL (expected: a complete CRL)");
            default -> {
                if (critical) {
                    throw new CrlException("CRL extension: critical and unknown (expected: RFC 5280 §5.2)");
                }
                return this;
            }
        }
    }
}
