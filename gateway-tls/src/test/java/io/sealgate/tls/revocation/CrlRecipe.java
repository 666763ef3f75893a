package io.sealgate.tls.revocation;

import io.sealgate.certs.CertificateAuthority;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;

/** Makes lists octet by octet, and above all wrong ones. Mutable; for one thread. */
final class CrlRecipe {

    static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    static final String REASON_CODE = "551d15";
    static final String INVALIDITY_DATE = "551d18";
    static final String CRL_NUMBER = "551d14";
    static final String DELTA_INDICATOR = "551d1b";
    static final String ISSUING_DISTRIBUTION_POINT = "551d1c";
    static final String CERTIFICATE_ISSUER = "551d1d";
    static final String AUTHORITY_KEY_IDENTIFIER = "551d23";

    private static final byte[] SHA256_WITH_ECDSA = hex("06082a8648ce3d040302");
    private static final DateTimeFormatter UTC_TIME =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] REVOCATION_DATE = element(DerInput.UTC_TIME, ascii("240102030405Z"));

    private final ByteArrayOutputStream entries = new ByteArrayOutputStream();
    private final ByteArrayOutputStream extensions = new ByteArrayOutputStream();
    private byte[] version = hex("020101");
    private final byte[] name;
    private byte[] thisUpdate;
    private byte[] nextUpdate;
    private byte[] innerAlgorithm = SHA256_WITH_ECDSA;
    private final byte[] outerAlgorithm = SHA256_WITH_ECDSA;
    private byte[] behind = {};
    private PrivateKey key;

    private CrlRecipe(byte[] name, PrivateKey key) {
        this.name = name;
        this.key = key;
        thisUpdate = time(NOW.minusSeconds(3600));
        nextUpdate = time(NOW.plusSeconds(86_400));
    }

    /** A sound list of {@code authority} without entries and extensions, made an hour before {@link #NOW}, until a day after it. */
    static CrlRecipe of(CertificateAuthority authority) {
        return new CrlRecipe(authority.certificate().getSubjectX500Principal().getEncoded(), authority.privateKey());
    }

    CrlRecipe version(String hex) {
        version = hex(hex);
        return this;
    }

    CrlRecipe thisUpdate(byte[] element) {
        thisUpdate = element;
        return this;
    }

    CrlRecipe nextUpdate(byte[] element) {
        nextUpdate = element;
        return this;
    }

    CrlRecipe innerAlgorithm(String hex) {
        innerAlgorithm = hex(hex);
        return this;
    }

    CrlRecipe signedBy(CertificateAuthority other) {
        key = other.privateKey();
        return this;
    }

    /** Adds octets after everything in the {@code tbsCertList}. */
    CrlRecipe behind(String hex) {
        behind = hex(hex);
        return this;
    }

    CrlRecipe revoke(BigInteger serial, byte[]... entryExtensions) {
        return revoke(HexFormat.of().formatHex(serial.toByteArray()), entryExtensions);
    }

    /** Adds an entry whose serial has these octets. */
    CrlRecipe revoke(String serialHex, byte[]... entryExtensions) {
        byte[] serial = element(DerInput.INTEGER, hex(serialHex));
        byte[] all = entryExtensions.length == 0 ? new byte[0] : element(DerInput.SEQUENCE, concat(entryExtensions));
        return entry(element(DerInput.SEQUENCE, concat(serial, REVOCATION_DATE, all)));
    }

    CrlRecipe entry(byte[] element) {
        entries.writeBytes(element);
        return this;
    }

    CrlRecipe extension(byte[] extension) {
        extensions.writeBytes(extension);
        return this;
    }

    /** An extension of a list or an entry. */
    static byte[] extension(String idHex, boolean critical, byte[] value) {
        byte[] id = element(DerInput.OBJECT_IDENTIFIER, hex(idHex));
        byte[] octets = element(DerInput.OCTET_STRING, value);
        return element(DerInput.SEQUENCE, concat(id, critical ? hex("0101ff") : new byte[0], octets));
    }

    static byte[] reason(int code) {
        return extension(REASON_CODE, false, new byte[] {DerInput.ENUMERATED, 1, (byte) code});
    }

    static byte[] number(long number) {
        return extension(
                CRL_NUMBER,
                false,
                element(DerInput.INTEGER, BigInteger.valueOf(number).toByteArray()));
    }

    static byte[] time(Instant instant) {
        return element(DerInput.UTC_TIME, ascii(UTC_TIME.format(instant)));
    }

    byte[] tbs() {
        byte[] revoked = entries.size() == 0 ? new byte[0] : element(DerInput.SEQUENCE, entries.toByteArray());
        byte[] wrapped = extensions.size() == 0
                ? new byte[0]
                : element(DerInput.EXPLICIT_0, element(DerInput.SEQUENCE, extensions.toByteArray()));
        return element(
                DerInput.SEQUENCE,
                concat(
                        version,
                        element(DerInput.SEQUENCE, innerAlgorithm),
                        name,
                        thisUpdate,
                        nextUpdate,
                        revoked,
                        wrapped,
                        behind));
    }

    byte[] der() {
        return sign(tbs());
    }

    /** The list around {@code tbs}, whatever that is, signed. */
    byte[] sign(byte[] tbs) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(key);
            signature.update(tbs);
            byte[] bits = concat(new byte[1], signature.sign());
            return element(
                    DerInput.SEQUENCE,
                    concat(tbs, element(DerInput.SEQUENCE, outerAlgorithm), element(DerInput.BIT_STRING, bits)));
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    static byte[] element(int tag, byte[] value) {
        return Der.element(tag, value);
    }

    static byte[] concat(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(all::writeBytes);
        return all.toByteArray();
    }

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
