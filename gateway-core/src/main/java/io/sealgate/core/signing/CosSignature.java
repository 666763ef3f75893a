package io.sealgate.core.signing;

import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.model.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Locale;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The arithmetic of a COS XML request signature, "q-sign" (COS document 436/7778): a key derived from the secret and the
 * validity, and with it an HMAC over the digest of the canonical request. Pure.
 */
final class CosSignature {

    static final String ALGORITHM = "sha1";

    private CosSignature() {}

    /**
     * The canonical request: four lines, each ended by a line feed.
     *
     * @param path decoded path with its leading slash
     */
    static String httpString(HttpMethod method, String path, SignedFields parameters, SignedFields headers) {
        return method.name().toLowerCase(Locale.ROOT)
                + '\n'
                + path
                + '\n'
                + parameters.text()
                + '\n'
                + headers.text()
                + '\n';
    }

    /** The signature of {@code httpString}, lower-case hex. */
    static String sign(Secret secretKey, KeyTime keyTime, KeyTime signTime, String httpString) {
        String stringToSign = ALGORITHM + '\n' + signTime.text() + '\n' + sha1(httpString) + '\n';
        return hmac(signKey(secretKey, keyTime), stringToSign);
    }

    /** The key for one validity, as hex: the text, not the bytes it stands for, is the next key. */
    static String signKey(Secret secretKey, KeyTime keyTime) {
        return hmac(secretKey.reveal(), keyTime.text());
    }

    static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(utf8(text)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("digest: SHA-1 missing (expected: in every JDK)", e);
        }
    }

    private static String hmac(String key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(utf8(key), "HmacSHA1"));
            return HexFormat.of().formatHex(mac.doFinal(utf8(message)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("mac: HmacSHA1 missing (expected: in every JDK)", e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
