package io.sealgate.app.it;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import okhttp3.Headers;

/**
 * The device's own q-sign signature (document 436/7778), independent of the gateway's and the origin's code. It signs what
 * the mobile SDKs do: the fixed names below and every {@code x-cos-*} that is there when it signs.
 */
record DeviceSigner(String secretId, String secretKey) {

    static final String TOKEN = "device-token";

    private static final Set<String> SIGNED = Set.of(
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-length",
            "content-md5",
            "content-type",
            "expires",
            "host",
            "if-match",
            "if-none-match",
            "range");

    /** With a key that neither gateway nor origin has ever seen. */
    static DeviceSigner unknown() {
        return new DeviceSigner("AKIDdevice", "device-secret");
    }

    /** With the key that the origin accepts. */
    static DeviceSigner accepted() {
        return new DeviceSigner(TestSite.SECRET_ID, TestSite.SECRET_KEY);
    }

    String authorization(String method, String target, Headers headers) {
        int mark = target.indexOf('?');
        String path = URLDecoder.decode(mark < 0 ? target : target.substring(0, mark), UTF_8);
        TreeMap<String, String> parameters = parameters(mark < 0 ? "" : target.substring(mark + 1));
        TreeMap<String, String> signed = signed(headers);
        long now = Instant.now().getEpochSecond();
        String time = (now - 60) + ";" + (now + 600);
        String format =
                String.join("\n", method.toLowerCase(Locale.ROOT), path, joined(parameters), joined(signed), "");
        String toSign = "sha1\n" + time + "\n" + sha1(format) + "\n";
        return "q-sign-algorithm=sha1&q-ak=" + secretId + "&q-sign-time=" + time + "&q-key-time=" + time
                + "&q-header-list=" + String.join(";", signed.keySet())
                + "&q-url-param-list=" + String.join(";", parameters.keySet())
                + "&q-signature=" + hmac(hmac(secretKey, time), toSign);
    }

    private static TreeMap<String, String> parameters(String query) {
        TreeMap<String, String> parameters = new TreeMap<>();
        for (String pair : query.isEmpty() ? new String[0] : query.split("&")) {
            int equals = pair.indexOf('=');
            String name = equals < 0 ? pair : pair.substring(0, equals);
            String value = equals < 0 ? "" : URLDecoder.decode(pair.substring(equals + 1), UTF_8);
            parameters.put(name.toLowerCase(Locale.ROOT), value);
        }
        return parameters;
    }

    private static TreeMap<String, String> signed(Headers headers) {
        TreeMap<String, String> signed = new TreeMap<>();
        for (String name : headers.names()) {
            String lower = name.toLowerCase(Locale.ROOT);
            if (SIGNED.contains(lower) || lower.startsWith("x-cos-")) {
                signed.put(lower, headers.get(name));
            }
        }
        return signed;
    }

    private static String joined(TreeMap<String, String> fields) {
        return fields.entrySet().stream()
                .map(field -> field.getKey() + "=" + encode(field.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** {@link URLEncoder} encodes forms; the signature keeps {@code ~}, encodes {@code *}, and a space is no plus. */
    private static String encode(String text) {
        return URLEncoder.encode(text, UTF_8)
                .replace("+", "%20")
                .replace("*", "%2A")
                .replace("%7E", "~");
    }

    private static String sha1(String text) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String hmac(String key, String text) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(UTF_8), "HmacSHA1"));
            return HexFormat.of().formatHex(mac.doFinal(text.getBytes(UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
