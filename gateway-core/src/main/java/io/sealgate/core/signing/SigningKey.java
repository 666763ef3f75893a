package io.sealgate.core.signing;

import io.sealgate.core.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key that q-sign derives from a secret for one validity (COS document 436/7778): good for every request signed within it.
 * Looking up and keying an HMAC costs more than computing one, so that is done once. Immutable; thread-safe.
 */
final class SigningKey {

    private static final String HMAC = "HmacSHA1";

    private final String text;
    /** Keyed and never fed: every signature starts with a copy. */
    private final Mac keyed;

    private SigningKey(String text) {
        this.text = text;
        this.keyed = keyed(text);
    }

    static SigningKey derive(Secret secretKey, KeyTime keyTime) {
        return new SigningKey(hex(keyed(secretKey.reveal()), keyTime.text()));
    }

    /** The key as hex: the text, not the bytes it stands for, is what signs. */
    String text() {
        return text;
    }

    /** The signature of {@code httpString}, lower-case hex. */
    String sign(KeyTime signTime, String httpString) {
        String stringToSign =
                CosSignature.ALGORITHM + '\n' + signTime.text() + '\n' + CosSignature.sha1(httpString) + '\n';
        try {
            return hex((Mac) keyed.clone(), stringToSign);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("mac: not to be copied (expected: the JDK's own can)", e);
        }
    }

    private static Mac keyed(String key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key.getBytes(StandardCharsets.UTF_8), HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("mac: HmacSHA1 missing (expected: in every JDK)", e);
        }
    }

    private static String hex(Mac mac, String message) {
        return HexFormat.of().formatHex(mac.doFinal(message.getBytes(StandardCharsets.UTF_8)));
    }
}
