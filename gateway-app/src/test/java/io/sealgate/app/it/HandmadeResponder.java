package io.sealgate.app.it;

import io.sealgate.certs.CertificateAuthority;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A CA's OCSP responder that puts its answers together octet by octet (RFC 6960 §4.2), with nothing in common with what reads them.
 * Thread-safe.
 */
final class HandmadeResponder {

    private static final int SEQUENCE = 0x30;
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final byte[] BASIC = hex("06092b0601050507300101");
    private static final byte[] SHA256_WITH_ECDSA = hex("06082a8648ce3d040302");

    private final CertificateAuthority authority;
    private final Set<BigInteger> revoked = ConcurrentHashMap.newKeySet();

    HandmadeResponder(CertificateAuthority authority) {
        this.authority = authority;
    }

    void revoke(BigInteger serial) {
        revoked.add(serial);
    }

    byte[] answer(byte[] request) {
        byte[] certId = certId(request);
        boolean isRevoked = revoked.contains(serial(certId));
        Instant now = Instant.now().minusSeconds(60);
        byte[] status = isRevoked ? element(0xA1, time(now)) : hex("8000");
        byte[] single = element(SEQUENCE, certId, status, time(now), element(0xA0, time(now.plusSeconds(3600))));
        byte[] name = authority.certificate().getSubjectX500Principal().getEncoded();
        byte[] data = element(SEQUENCE, element(0xA1, name), time(now), element(SEQUENCE, single));
        byte[] basic =
                element(SEQUENCE, data, element(SEQUENCE, SHA256_WITH_ECDSA), element(0x03, new byte[1], sign(data)));
        return element(SEQUENCE, hex("0a0100"), element(0xA0, element(SEQUENCE, BASIC, element(0x04, basic))));
    }

    private byte[] sign(byte[] data) {
        try {
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(authority.privateKey());
            signature.update(data);
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new AssertionError(e);
        }
    }

    /** OCSPRequest, tbsRequest, requestList, Request: each begins with the next, and the last with what is looked for. */
    private static byte[] certId(byte[] request) {
        int at = 0;
        for (int level = 0; level < 4; level++) {
            at += header(request, at);
        }
        return Arrays.copyOfRange(request, at, at + header(request, at) + length(request, at));
    }

    /** The last of its elements, which is short. */
    private static BigInteger serial(byte[] certId) {
        int at = header(certId, 0);
        int last = at;
        while (at < certId.length) {
            last = at;
            at += header(certId, at) + length(certId, at);
        }
        return new BigInteger(Arrays.copyOfRange(certId, last + header(certId, last), certId.length));
    }

    private static int header(byte[] der, int at) {
        return der[at + 1] >= 0 ? 2 : 2 + (der[at + 1] & 0x7F);
    }

    private static int length(byte[] der, int at) {
        return der[at + 1] >= 0
                ? der[at + 1]
                : new BigInteger(1, Arrays.copyOfRange(der, at + 2, at + header(der, at))).intValueExact();
    }

    private static byte[] element(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        Arrays.stream(parts).forEach(content::writeBytes);
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (content.size() < 0x80) {
            whole.write(content.size());
        } else if (content.size() <= 0xFF) {
            whole.write(0x81);
            whole.write(content.size());
        } else {
            whole.write(0x82);
            whole.write(content.size() >> Byte.SIZE);
            whole.write(content.size());
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }

    private static byte[] time(Instant instant) {
        return element(0x18, TIME.format(instant).getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }
}
