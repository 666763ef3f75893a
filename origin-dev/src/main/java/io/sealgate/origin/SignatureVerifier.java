package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Checks q-sign signatures (document 436/7778) over what arrived, byte for byte: the path is form-decoded and not
 * normalised, header values count as received. With no keys it lets everything pass. Safe for any thread.
 */
final class SignatureVerifier {
    private static final String TOKEN = "x-cos-security-token";
    /** SDKs add these after signing. */
    private static final Set<String> NEVER_SIGNED = Set.of(TOKEN, "token", "x-cos-sdk-log-debug", "x-cos-sdk-retry");

    private final SecretKeys keys;
    private final boolean strict;
    private final Clock clock;

    /** @param strict whether every {@code x-cos-*} and {@code x-ci-*} header and every parameter must be signed */
    SignatureVerifier(SecretKeys keys, boolean strict, Clock clock) {
        this.keys = keys;
        this.strict = strict;
        this.clock = clock;
    }

    /** @throws Refusal the 403 that COS would answer */
    void verify(CosRequest request) {
        if (keys.isEmpty()) {
            return;
        }
        QSignature signature = QSignature.find(request)
                .orElseThrow(() -> new Refusal(ErrorCode.ACCESS_DENIED, "The request is not signed."));
        SecretKeys.Entry key = keys.find(signature.secretId())
                .orElseThrow(() -> new Refusal(ErrorCode.INVALID_ACCESS_KEY_ID, "The access key does not exist."));
        if (!signature.algorithm().equals("sha1")) {
            throw new Refusal(ErrorCode.ACCESS_DENIED, "The signature algorithm is not supported.");
        }
        requireSigned(request, signature);
        verifyToken(request, key);
        verifySignature(request, signature, key);
        verifyTime(signature.signTime());
        verifyTime(signature.keyTime());
    }

    private void requireSigned(CosRequest request, QSignature signature) {
        Stream<String> needed = Stream.of("host");
        if (strict) {
            Stream<String> headers = request.head().headers().lines().stream()
                    .map(line -> encodedName(line.getKey()))
                    .filter(name -> name.startsWith("x-cos-") || name.startsWith("x-ci-"))
                    .filter(name -> !NEVER_SIGNED.contains(name));
            needed = Stream.concat(needed, headers);
            Stream<String> parameters =
                    parameters(request).stream().map(Map.Entry::getKey).filter(name -> !NEVER_SIGNED.contains(name));
            requireAll(parameters, signature.parameterList());
        }
        requireAll(needed, signature.headerList());
    }

    private static void requireAll(Stream<String> needed, List<String> signed) {
        needed.filter(name -> !signed.contains(name)).findFirst().ifPresent(name -> {
            throw new Refusal(ErrorCode.ACCESS_DENIED, "Not signed, but has to be: " + name);
        });
    }

    private static void verifyToken(CosRequest request, SecretKeys.Entry key) {
        if (key.token() != null) {
            String given = request.header(TOKEN)
                    .or(() -> request.query().first(TOKEN))
                    .or(() -> request.query().first("token"))
                    .orElse("");
            if (!same(given, key.token())) {
                throw new Refusal(ErrorCode.ACCESS_DENIED, "The security token is missing or wrong.");
            }
        }
    }

    private void verifyTime(QSignature.Window window) {
        long now = clock.instant().getEpochSecond();
        if (now < window.start()) {
            throw new Refusal(
                    ErrorCode.REQUEST_TIME_TOO_SKEWED, "The request's time and the server's time differ too much.");
        }
        if (now > window.end()) {
            throw new Refusal(ErrorCode.ACCESS_DENIED, "Request has expired");
        }
    }

    private static void verifySignature(CosRequest request, QSignature signature, SecretKeys.Entry key) {
        String format = String.join(
                        "\n",
                        request.method().toLowerCase(Locale.ROOT),
                        Percent.decodeForm(request.head().path()),
                        canonical(parameters(request), signature.parameterList()),
                        canonical(headers(request), signature.headerList()))
                + '\n';
        String toSign = "sha1\n" + signature.signTime().text() + '\n'
                + Digests.hex(Digests.sha1().digest(format.getBytes(UTF_8))) + '\n';
        String signKey = hmac(key.secretKey(), signature.keyTime().text());
        if (!same(hmac(signKey, toSign), signature.signature())) {
            throw new Refusal(ErrorCode.SIGNATURE_DOES_NOT_MATCH, "The signature does not match the one calculated.")
                    .withDetail("StringToSign", toSign)
                    .withDetail("FormatString", format);
        }
    }

    /** The {@code name=value} lines, encoded, of those names that the signature lists. */
    private static String canonical(List<Map.Entry<String, String>> encoded, List<String> listed) {
        return encoded.stream()
                .filter(entry -> listed.contains(entry.getKey()))
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> entry.getKey() + '=' + entry.getValue())
                .collect(Collectors.joining("&"));
    }

    private static List<Map.Entry<String, String>> parameters(CosRequest request) {
        return request.query().parameters().stream()
                .filter(parameter -> !QSignature.isPart(parameter.name()))
                .map(parameter -> Map.entry(encodedName(parameter.name()), Percent.encode(parameter.value())))
                .toList();
    }

    private static List<Map.Entry<String, String>> headers(CosRequest request) {
        List<Map.Entry<String, String>> encoded = new ArrayList<>();
        for (Map.Entry<String, String> line : request.head().headers().lines()) {
            // Netty hands bytes of the head on as Latin-1 characters; these are the bytes again.
            encoded.add(Map.entry(
                    encodedName(line.getKey()), Percent.encode(line.getValue().getBytes(ISO_8859_1))));
        }
        return encoded;
    }

    private static String encodedName(String name) {
        return Percent.encode(name).toLowerCase(Locale.ROOT);
    }

    private static boolean same(String one, String other) {
        return MessageDigest.isEqual(one.getBytes(UTF_8), other.getBytes(UTF_8));
    }

    private static String hmac(String key, String message) {
        try {
            Mac mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key.getBytes(US_ASCII), "HmacSHA1"));
            return Digests.hex(mac.doFinal(message.getBytes(UTF_8)));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException(e);
        }
    }
}
