package io.sealgate.core.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.model.Secret;
import io.sealgate.core.signing.SignatureCheck.Invalid;
import io.sealgate.core.signing.SignatureCheck.Reason;
import io.sealgate.core.signing.SignatureCheck.Valid;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CosSignatureVerifierTest {

    /** A listing by the Java SDK with four signed parameters, and the moment at which it was signed. */
    private static final String TARGET = "/?encoding-type=url&max-keys=100&prefix=dir%2F&delimiter=%2F";

    private static final Instant SIGNED_AT = Instant.ofEpochSecond(1795445481);
    private static final String HOST = "examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com";
    private static final String AUTHORIZATION = "q-sign-algorithm=sha1&q-ak=AKIDthrowaway0000000000000000000000"
            + "&q-sign-time=1795445481;1795449081&q-key-time=1795445481;1795449081&q-header-list=host"
            + "&q-url-param-list=delimiter;encoding-type;max-keys;prefix"
            + "&q-signature=e30ecdc9f03b34733cade2b4b8add15c5b43f818";

    static List<SdkRequest> sdkRequests() {
        return SdkRequest.all();
    }

    @Test
    void recordedRequestsAreAllThere() {
        assertThat(sdkRequests()).hasSize(72);
    }

    @ParameterizedTest
    @MethodSource("sdkRequests")
    void everySdkRequestVerifies(SdkRequest request) {
        CosSignatureVerifier verifier = verifierAt(signTimeOf(request));

        SignatureCheck check = verifier.verify(request.method(), request.target(), request.headers());

        assertThat(check).isInstanceOfSatisfying(Valid.class, valid -> {
            assertThat(valid.secretId()).isEqualTo(SdkRequest.SECRET_ID);
            assertThat(valid.headers()).contains("host");
        });
    }

    @ParameterizedTest
    @MethodSource("sdkRequests")
    void noSdkRequestVerifiesOnAnotherPath(SdkRequest request) {
        CosSignatureVerifier verifier = verifierAt(signTimeOf(request));

        SignatureCheck check = verifier.verify(request.method(), "/x" + request.target(), request.headers());

        assertThat(check).isEqualTo(new Invalid(Reason.MISMATCH));
    }

    @Test
    void validCheckSaysWhatIsCovered() {
        SignatureCheck check = verify(TARGET + "&unsigned=1", headers(AUTHORIZATION));

        assertThat(check)
                .isEqualTo(new Valid(
                        SdkRequest.SECRET_ID,
                        Set.of("host"),
                        Set.of("delimiter", "encoding-type", "max-keys", "prefix")));
    }

    @ParameterizedTest
    @ValueSource(strings = {";", "%3B", "%3b"})
    void presignedUrlVerifiesHoweverItsSemicolonIsSpelt(String semicolon) {
        String target = TARGET + "&" + AUTHORIZATION.replace(";", semicolon);

        assertThat(verify(target, new DefaultHttpHeaders().add("Host", HOST))).isInstanceOf(Valid.class);
    }

    static Stream<Arguments> changedTargets() {
        return Stream.of(
                Arguments.of("/x?encoding-type=url&max-keys=100&prefix=dir%2F&delimiter=%2F", Reason.MISMATCH),
                Arguments.of("//?encoding-type=url&max-keys=100&prefix=dir%2F&delimiter=%2F", Reason.MISMATCH),
                Arguments.of(TARGET.replace("max-keys=100", "max-keys=1000"), Reason.MISMATCH),
                Arguments.of(TARGET.replace("max-keys=100", "max-keys"), Reason.MISMATCH),
                Arguments.of(TARGET.replace("&max-keys=100", ""), Reason.FIELD_MISSING),
                Arguments.of(TARGET + "&prefix=other", Reason.FIELD_AMBIGUOUS),
                Arguments.of(TARGET + "&Prefix=other", Reason.FIELD_AMBIGUOUS),
                Arguments.of(TARGET + "&" + AUTHORIZATION, Reason.MALFORMED),
                Arguments.of(TARGET + "&q-ak=a", Reason.MALFORMED),
                Arguments.of("/%zz", Reason.MALFORMED),
                Arguments.of("/?prefix=%E8", Reason.MALFORMED),
                Arguments.of("http://host/", Reason.MALFORMED));
    }

    @ParameterizedTest
    @MethodSource("changedTargets")
    void changedTargetDoesNotVerify(String target, Reason reason) {
        assertThat(verify(target, headers(AUTHORIZATION))).isEqualTo(new Invalid(reason));
    }

    static Stream<Arguments> changedAuthorizations() {
        return Stream.of(
                change("q-sign-algorithm=sha1", "q-sign-algorithm=md5", Reason.MALFORMED),
                change("q-ak=AKIDthrowaway", "q-ak=AKIDstranger", Reason.UNKNOWN_KEY),
                change("&q-ak=AKIDthrowaway0000000000000000000000", "", Reason.MALFORMED),
                change("q-ak=", "q-ak=a&q-ak=", Reason.MALFORMED),
                change("&q-url", "&extra=1&q-url", Reason.MALFORMED),
                change("q-key-time=1795445481;1795449081", "q-key-time=1795445481", Reason.MALFORMED),
                change("q-key-time=1795445481", "q-key-time=01795445481", Reason.MALFORMED),
                change("q-key-time=1795445481;1795449081", "q-key-time=1795449081;1795445481", Reason.MALFORMED),
                change("q-key-time=1795445481", "q-key-time=1795445480", Reason.MISMATCH),
                change("q-sign-time=1795445481;1795449081", "q-sign-time=1795445481;1799999999", Reason.MISMATCH),
                change("q-header-list=host", "q-header-list=", Reason.HOST_NOT_SIGNED),
                change("q-header-list=host", "q-header-list=host;host", Reason.FIELD_AMBIGUOUS),
                change("q-header-list=host", "q-header-list=host;", Reason.FIELD_MISSING),
                change("q-header-list=host", "q-header-list=host;range", Reason.FIELD_MISSING),
                change("q-header-list=host", "q-header-list=host;user-agent", Reason.MISMATCH),
                change(";prefix", "", Reason.MISMATCH),
                change("q-signature=e", "q-signature=f", Reason.MISMATCH),
                change("q-signature=e30ecdc9f03b34733cade2b4b8add15c5b43f818", "q-signature=", Reason.MISMATCH),
                Arguments.of(new Change(all -> ""), Reason.MALFORMED),
                Arguments.of(new Change(all -> "AWS4-HMAC-SHA256 Credential=a"), Reason.MALFORMED));
    }

    @ParameterizedTest
    @MethodSource("changedAuthorizations")
    void changedAuthorizationDoesNotVerify(Change change, Reason reason) {
        HttpHeaders headers = headers(change.to().apply(AUTHORIZATION));

        assertThat(verify(TARGET, headers)).isEqualTo(new Invalid(reason));
    }

    @Test
    void changedMethodDoesNotVerify() {
        SignatureCheck check = verifierAt(SIGNED_AT).verify(HttpMethod.HEAD, TARGET, headers(AUTHORIZATION));

        assertThat(check).isEqualTo(new Invalid(Reason.MISMATCH));
    }

    @Test
    void changedHostDoesNotVerify() {
        HttpHeaders headers = headers(AUTHORIZATION).set("Host", "other-1250000000.cos.ap-guangzhou.myqcloud.com");

        assertThat(verify(TARGET, headers)).isEqualTo(new Invalid(Reason.MISMATCH));
    }

    @Test
    void repeatedSignedHeaderDoesNotVerify() {
        HttpHeaders headers = headers(AUTHORIZATION).add("host", HOST);

        assertThat(verify(TARGET, headers)).isEqualTo(new Invalid(Reason.FIELD_AMBIGUOUS));
    }

    @Test
    void twoAuthorizationsDoNotVerify() {
        HttpHeaders headers = headers(AUTHORIZATION).add("Authorization", AUTHORIZATION);

        assertThat(verify(TARGET, headers)).isEqualTo(new Invalid(Reason.MALFORMED));
    }

    @Test
    void unsignedRequestIsCalledThat() {
        HttpHeaders headers = headers(AUTHORIZATION).remove("Authorization");

        assertThat(verify(TARGET, headers)).isEqualTo(new Invalid(Reason.ABSENT));
    }

    @Test
    void anotherSecretDoesNotVerify() {
        CosSignatureVerifier verifier =
                new CosSignatureVerifier(id -> Optional.of(Secret.of("other")), clock(SIGNED_AT), Duration.ZERO);

        assertThat(verifier.verify(HttpMethod.GET, TARGET, headers(AUTHORIZATION)))
                .isEqualTo(new Invalid(Reason.MISMATCH));
    }

    @ParameterizedTest
    @CsvSource({"-31, NOT_YET_VALID", "3631, EXPIRED"})
    void signatureDoesNotVerifyOutsideItsTimeAndTheTolerance(int secondsAfterSigning, Reason reason) {
        SignatureCheck check = verifyAt(SIGNED_AT.plusSeconds(secondsAfterSigning));

        assertThat(check).isEqualTo(new Invalid(reason));
    }

    @ParameterizedTest
    @ValueSource(ints = {-30, 0, 3600, 3630})
    void signatureVerifiesWithinItsTimeAndTheTolerance(int secondsAfterSigning) {
        assertThat(verifyAt(SIGNED_AT.plusSeconds(secondsAfterSigning))).isInstanceOf(Valid.class);
    }

    private record Change(UnaryOperator<String> to) {}

    private static Arguments change(String from, String to, Reason reason) {
        assertThat(AUTHORIZATION).contains(from);
        return Arguments.of(new Change(all -> all.replace(from, to)), reason);
    }

    private static SignatureCheck verify(String target, HttpHeaders headers) {
        return verifierAt(SIGNED_AT).verify(HttpMethod.GET, target, headers);
    }

    private static SignatureCheck verifyAt(Instant now) {
        return new CosSignatureVerifier(CosSignatureVerifierTest::secretKey, clock(now), Duration.ofSeconds(30))
                .verify(HttpMethod.GET, TARGET, headers(AUTHORIZATION));
    }

    private static CosSignatureVerifier verifierAt(Instant now) {
        return new CosSignatureVerifier(CosSignatureVerifierTest::secretKey, clock(now), Duration.ZERO);
    }

    private static Optional<Secret> secretKey(String secretId) {
        return secretId.equals(SdkRequest.SECRET_ID) ? Optional.of(Secret.of(SdkRequest.SECRET_KEY)) : Optional.empty();
    }

    private static Clock clock(Instant now) {
        return Clock.fixed(now, ZoneOffset.UTC);
    }

    private static HttpHeaders headers(String authorization) {
        return new DefaultHttpHeaders()
                .add("Host", HOST)
                .add("User-Agent", "test")
                .add("Authorization", authorization);
    }

    private static Instant signTimeOf(SdkRequest request) {
        String carrier = request.headers().get("Authorization", request.target());
        String field = "q-sign-time=";
        int start = carrier.indexOf(field) + field.length();
        return Instant.ofEpochSecond(Long.parseLong(carrier.substring(start, start + 10)));
    }
}
