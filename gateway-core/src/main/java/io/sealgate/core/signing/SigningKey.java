package io.sealgate.core.signing;

import io.sealgate.core.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that q-sign derives from a secret for one validity (COS document 436/7778): good for every request signed within it.
 * Looking up digests and keying an HMAC costs more than computing them, so that is done once. Confined to one thread.
 */
final class SigningKey {

    private static final String HMAC = "HmacSHA1";

    private final String text;
    private final Mac mac;
    private final MessageDigest sha1;

    private SigningKey(String text) {
        this.text = text;
        try {
            mac = keyed(text);
            sha1 = MessageDigest.getInstance("SHA-1");
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    static SigningKey derive(Secret secretKey, KeyTime keyTime) {
        try {
            return new SigningKey(hex(keyed(secretKey.reveal()).doFinal(utf8(keyTime.text()))));
        } catch (GeneralSecurityException e) {
            throw missing(e);
        }
    }

    /** The key as hex: the text, not the bytes it stands for, is what signs. */
    String text() {
        return text;
    }

    /** The signature of {@code httpString}, lower-case hex. */
    String sign(KeyTime signTime, String httpString) {
        String stringToSign = CosSignature.ALGORITHM + '\n' + signTime.text() + '\n' + digest(httpString) + '\n';
        return hex(mac.doFinal(utf8(stringToSign)));
    }

    /** SHA-1, lower-case hex. */
    String digest(String httpString) {
        return hex(sha1.digest(utf8(httpString)));
    }

    private static Mac keyed(String key) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(HMAC);
        mac.init(new SecretKeySpec(utf8(key), HMAC));
        return mac;
    }

    private static IllegalStateException missing(GeneralSecurityException e) {
        return new IllegalStateException("SHA-1, HmacSHA1: missing (expected: in every JDK)", e);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
