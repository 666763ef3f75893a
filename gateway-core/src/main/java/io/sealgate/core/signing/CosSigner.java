package io.sealgate.core.signing;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.util.concurrent.FastThreadLocal;
import io.sealgate.core.credentials.CosCredentials;
import io.sealgate.core.credentials.CredentialSource;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.Secret;
import io.sealgate.core.spi.HeadSigner;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Signs requests with the gateway's own COS key: everything in the head that COS acts on, and every query parameter, so that
 * nothing can be changed or added between gateway and bucket. Thread-safe.
 */
public final class CosSigner implements HeadSigner {

    /** Long enough for a slow connection to be set up, short enough that a leaked head is soon worthless. */
    public static final Duration DEFAULT_VALIDITY = Duration.ofMinutes(15);

    /** A signature of this very second is "not yet valid" to an origin whose clock is behind; hosts kept by NTP differ by less. */
    private static final Duration BACKDATED = Duration.ofMinutes(1);

    private static final String TOKEN_HEADER = "x-cos-security-token";

    /**
     * What is signed when it is there, besides {@code x-cos-*} and {@code x-ci-*}: what the Java and Android SDKs sign, and what
     * else an operation's closed list lets pass, for {@code q-header-list} may name any header. The SDKs' lists also name
     * {@code Transfer-Encoding}, but they add that header after signing: COS has only ever seen it unsigned.
     */
    private static final Set<String> SIGNED = Set.of(
            "access-control-request-headers",
            "access-control-request-method",
            "cache-control",
            "content-disposition",
            "content-encoding",
            "content-language",
            "content-length",
            "content-md5",
            "content-type",
            "expires",
            "host",
            "if-match",
            "if-modified-since",
            "if-none-match",
            "if-range",
            "if-unmodified-since",
            "origin",
            "range");

    private final CredentialSource source;
    private final Clock clock;
    private final Duration validity;
    /** Of each event loop its own, because keys are not to be shared. */
    private final FastThreadLocal<DerivedKey> derived = new FastThreadLocal<>();

    /** Good for what is signed with {@code credentials} in the very {@code second}. */
    private record DerivedKey(CosCredentials credentials, long second, KeyTime time, SigningKey key) {}

    /** Signatures are valid for {@link #DEFAULT_VALIDITY}. */
    public CosSigner(CredentialSource source, Clock clock) {
        this(source, clock, DEFAULT_VALIDITY);
    }

    /**
     * @param source   whose key signs, asked anew for every request
     * @param clock    when it signs
     * @param validity how long a signature holds from now on
     */
    public CosSigner(CredentialSource source, Clock clock, Duration validity) {
        if (validity.toSeconds() <= 0) {
            throw new IllegalArgumentException("validity: " + validity + " (expected: at least a second)");
        }
        this.source = source;
        this.clock = clock;
        this.validity = validity;
    }

    /**
     * {@inheritDoc}
     *
     * <p>Replaces what there was of {@code Authorization} and token. A signed header that has several lines becomes one line
     * (RFC 9110 §5.3), and blanks around a value are taken off, so that what is read is what was signed.
     *
     * @throws IllegalArgumentException if a query parameter occurs twice, or {@code Host} is missing
     */
    @Override
    public void sign(HttpMethod method, String path, List<QueryParameter> query, HttpHeaders headers) {
        if (headers.get(HttpHeaderNames.HOST, "").isEmpty()) {
            throw new IllegalArgumentException("host: missing (expected: the bucket's host)");
        }
        CosCredentials credentials = source.current();
        setToken(credentials.token(), headers);
        SignedFields parameters = parameters(query);
        SignedFields signedHeaders = signedHeaders(headers);
        String httpString = CosSignature.httpString(method, path, parameters, signedHeaders);
        DerivedKey now = derivedNow(credentials);
        String signature = now.key().sign(now.time(), httpString);
        CosAuthorization authorization = new CosAuthorization(
                credentials.secretId(), now.time(), now.time(), signedHeaders.list(), parameters.list(), signature);
        headers.set(HttpHeaderNames.AUTHORIZATION, authorization.headerValue());
    }

    private DerivedKey derivedNow(CosCredentials credentials) {
        long second = Math.floorDiv(clock.millis(), 1000L);
        DerivedKey known = derived.getIfExists();
        if (known == null || known.second() != second || !known.credentials().equals(credentials)) {
            KeyTime time = new KeyTime(second - BACKDATED.toSeconds(), second + validity.toSeconds());
            known = new DerivedKey(credentials, second, time, SigningKey.derive(credentials.secretKey(), time));
            derived.set(known);
        }
        return known;
    }

    private static void setToken(@Nullable Secret token, HttpHeaders headers) {
        if (token == null) {
            headers.remove(TOKEN_HEADER); // a client's token does not fit the gateway's key
        } else {
            headers.set(TOKEN_HEADER, token.reveal());
        }
    }

    private static SignedFields signedHeaders(HttpHeaders headers) {
        SignedFields fields = new SignedFields();
        Iterator<Map.Entry<CharSequence, CharSequence>> lines = headers.iteratorCharSequence();
        while (lines.hasNext()) {
            Map.Entry<CharSequence, CharSequence> line = lines.next();
            String name = line.getKey().toString();
            String value = line.getValue().toString();
            if (isSigned(name.toLowerCase(Locale.ROOT)) && (!isAsRead(value) || !add(name, value, headers, fields))) {
                headers.set(name, asRead(headers.getAll(name)));
                return signedHeaders(headers); // has one line now, as it is read
            }
        }
        return fields;
    }

    /** One line as its reader has it: without blanks around any of the values (RFC 9110 §5.5). */
    private static String asRead(List<String> values) {
        return values.stream().map(CosSigner::withoutOuterBlanks).collect(Collectors.joining(", "));
    }

    private static boolean isAsRead(String value) {
        return withoutOuterBlanks(value).length() == value.length();
    }

    private static String withoutOuterBlanks(String value) {
        int start = 0;
        int end = value.length();
        while (start < end && isBlank(value.charAt(start))) {
            start++;
        }
        while (end > start && isBlank(value.charAt(end - 1))) {
            end--;
        }
        return value.substring(start, end);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t';
    }

    /** Returns false if the field has several lines. */
    private static boolean add(String name, String value, HttpHeaders headers, SignedFields fields) {
        // as the Node SDK has it: a header that says nothing is not worth a refusal
        return value.isEmpty()
                ? headers.getAll(name).size() == 1
                : fields.add(SignedFields.canonicalName(name), SignedFields.headerValue(value));
    }

    private static boolean isSigned(String name) {
        return SIGNED.contains(name) || name.startsWith("x-cos-") || name.startsWith("x-ci-");
    }

    private static SignedFields parameters(List<QueryParameter> query) {
        SignedFields fields = new SignedFields();
        for (QueryParameter parameter : query) {
            String name = SignedFields.canonicalName(parameter.name());
            if (!fields.add(name, CanonicalEncoding.encode(parameter.value()))) {
                throw new IllegalArgumentException("query parameter: " + name + " twice (expected: once)");
            }
        }
        return fields;
    }
}
