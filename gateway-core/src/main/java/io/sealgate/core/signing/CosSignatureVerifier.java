package io.sealgate.core.signing;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.model.Secret;
import io.sealgate.core.signing.SignatureCheck.Invalid;
import io.sealgate.core.signing.SignatureCheck.Reason;
import io.sealgate.core.signing.SignatureCheck.Valid;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Checks the q-sign signature of a request as it was received, from {@code Authorization} or from a presigned URL's query.
 * Anything doubtful counts as invalid. A function of its arguments, the keys and the clock; thread-safe if they are.
 */
public final class CosSignatureVerifier {

    private final Function<String, Optional<Secret>> keys;
    private final Clock clock;
    private final Duration tolerance;

    /**
     * @param keys      the secret key of a secret id, or empty if there is none
     * @param clock     decides what is expired
     * @param tolerance how far the signer's clock may be off, either way
     */
    public CosSignatureVerifier(Function<String, Optional<Secret>> keys, Clock clock, Duration tolerance) {
        this.keys = keys;
        this.clock = clock;
        this.tolerance = tolerance;
    }

    /**
     * Checks one request.
     *
     * @param target  origin-form target exactly as received
     * @param headers headers exactly as received
     */
    public SignatureCheck verify(HttpMethod method, String target, HttpHeaders headers) {
        Optional<SignedTarget> parsed = SignedTarget.parse(target);
        if (parsed.isEmpty()) {
            return new Invalid(Reason.MALFORMED);
        }
        List<String> inHeader = headers.getAll(HttpHeaderNames.AUTHORIZATION);
        boolean inQuery = !parsed.get().authorization().isEmpty();
        if (inHeader.isEmpty() && !inQuery) {
            return new Invalid(Reason.ABSENT);
        }
        if (inHeader.size() + (inQuery ? 1 : 0) > 1) {
            return new Invalid(Reason.MALFORMED);
        }
        return (inQuery ? CosAuthorization.of(parsed.get().authorization()) : CosAuthorization.parse(inHeader.get(0)))
                .map(authorization -> verify(authorization, method, parsed.get(), headers))
                .orElseGet(() -> new Invalid(Reason.MALFORMED));
    }

    private SignatureCheck verify(
            CosAuthorization authorization, HttpMethod method, SignedTarget target, HttpHeaders headers) {
        SignedFields signedHeaders = new SignedFields();
        SignedFields signedParameters = new SignedFields();
        Optional<Reason> fault = untimely(authorization.signTime())
                .or(() -> untimely(authorization.keyTime()))
                .or(() -> select(authorization.headerList(), name -> valuesOf(headers, name), signedHeaders))
                .or(() -> select(authorization.parameterList(), name -> valuesOf(target, name), signedParameters))
                .or(() -> hostUnsigned(signedHeaders));
        if (fault.isPresent()) {
            return new Invalid(fault.get());
        }
        String httpString = CosSignature.httpString(method, target.path(), signedParameters, signedHeaders);
        return keys.apply(authorization.secretId())
                .<SignatureCheck>map(secretKey -> isSignedWith(secretKey, authorization, httpString)
                        ? new Valid(authorization.secretId(), signedHeaders.names(), signedParameters.names())
                        : new Invalid(Reason.MISMATCH))
                .orElseGet(() -> new Invalid(Reason.UNKNOWN_KEY));
    }

    private Optional<Reason> untimely(KeyTime time) {
        Instant now = clock.instant();
        if (time.beginsAfter(now.plus(tolerance))) {
            return Optional.of(Reason.NOT_YET_VALID);
        }
        return time.endsBefore(now.minus(tolerance)) ? Optional.of(Reason.EXPIRED) : Optional.empty();
    }

    /** Gathers the fields that {@code list} names; the result is what stands in the way of that. */
    private static Optional<Reason> select(String list, Function<String, List<String>> valuesOf, SignedFields into) {
        for (String name : list.isEmpty() ? List.<String>of() : List.of(list.split(";", -1))) {
            List<String> values = valuesOf.apply(name);
            if (values.isEmpty()) {
                return Optional.of(Reason.FIELD_MISSING);
            }
            if (values.size() > 1 || !into.add(name, values.get(0))) {
                return Optional.of(Reason.FIELD_AMBIGUOUS);
            }
        }
        return Optional.empty();
    }

    private static List<String> valuesOf(HttpHeaders headers, String canonicalName) {
        return headers.getAll(canonicalName).stream()
                .map(SignedFields::headerValue)
                .toList();
    }

    private static List<String> valuesOf(SignedTarget target, String canonicalName) {
        return target.parameters().stream()
                .filter(parameter ->
                        SignedFields.canonicalName(parameter.name()).equals(canonicalName))
                .map(parameter -> CanonicalEncoding.encode(parameter.value()))
                .toList();
    }

    private static Optional<Reason> hostUnsigned(SignedFields headers) {
        return headers.contains("host") ? Optional.empty() : Optional.of(Reason.HOST_NOT_SIGNED);
    }

    private static boolean isSignedWith(Secret secretKey, CosAuthorization authorization, String httpString) {
        String expected =
                SigningKey.derive(secretKey, authorization.keyTime()).sign(authorization.signTime(), httpString);
        return MessageDigest.isEqual( // in constant time
                expected.getBytes(StandardCharsets.UTF_8),
                authorization.signature().getBytes(StandardCharsets.UTF_8));
    }
}
