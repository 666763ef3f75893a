package io.sealgate.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SignatureVerifierTest {
    private static final SecretKeys THROWAWAY = SecretKeys.of(SignedRequests.SECRET_ID, SignedRequests.SECRET_KEY);
    private static final String DOCUMENT_ID = "AKIDQjz3ltompVjBni5LitkWHFlFpwkn9U5q";
    private static final SecretKeys DOCUMENT = SecretKeys.of(DOCUMENT_ID, "BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz");
    private static final String DOCUMENT_PATH = "/exampleobject(%E8%85%BE%E8%AE%AF%E4%BA%91)";
    private static final Headers DOCUMENT_HOST =
            Headers.none().and("Host", "examplebucket-1250000000.cos.ap-beijing.myqcloud.com");

    static List<CosRequest> signedRequests() throws IOException {
        return SignedRequests.all();
    }

    @ParameterizedTest
    @MethodSource("signedRequests")
    void acceptsWhatSdksSign(CosRequest request) {
        SignatureVerifier verifier = new SignatureVerifier(THROWAWAY, false, SignedRequests.clockOf(request));

        assertThatCode(() -> verifier.verify(request)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @MethodSource("signedRequests")
    void refusesTheSameForAnotherKey(CosRequest request) {
        CosRequest other = SignedRequests.request(
                request.method(),
                request.head().target().replaceFirst("/", "/x"),
                request.head().headers());

        Refusal refusal = refusal(other, THROWAWAY, false, SignedRequests.clockOf(request));

        assertThat(refusal.code()).isEqualTo(ErrorCode.SIGNATURE_DOES_NOT_MATCH);
        assertThat(refusal.details()).containsKeys("StringToSign", "FormatString");
    }

    @ParameterizedTest
    @MethodSource("signedRequests")
    void refusesAnExpiredSignature(CosRequest request) {
        Clock late = Clock.offset(SignedRequests.clockOf(request), Duration.ofHours(2));

        Refusal refusal = refusal(request, THROWAWAY, false, late);

        assertThat(refusal.code()).isEqualTo(ErrorCode.ACCESS_DENIED);
        assertThat(refusal.text()).isEqualTo("Request has expired");
    }

    @Test
    void acceptsThePutOfTheDocument() {
        CosRequest request = SignedRequests.request("PUT", DOCUMENT_PATH, documentPut("text/plain"));

        assertThat(accepted(request, DOCUMENT, true, SignedRequests.clockOf(request)))
                .isTrue();
    }

    @Test
    void refusesThePutOfTheDocumentWithAnotherHeader() {
        CosRequest request = SignedRequests.request("PUT", DOCUMENT_PATH, documentPut("text/html"));

        assertThat(refusal(request, DOCUMENT, true, SignedRequests.clockOf(request))
                        .code())
                .isEqualTo(ErrorCode.SIGNATURE_DOES_NOT_MATCH);
    }

    @Test
    void acceptsTheGetOfTheDocument() {
        CosRequest request = SignedRequests.request(
                "GET",
                DOCUMENT_PATH
                        + "?response-content-type=application%2Foctet-stream&response-cache-control=max-age%3D600",
                DOCUMENT_HOST
                        .and("Date", "Thu, 16 May 2019 06:55:53 GMT")
                        .and(
                                "Authorization",
                                documentAuthorization(
                                        "1557989753;1557996953",
                                        "date;host",
                                        "response-cache-control;response-content-type",
                                        "01681b8c9d798a678e43b685a9f1bba0f6c0e012")));

        assertThat(accepted(request, DOCUMENT, true, SignedRequests.clockOf(request)))
                .isTrue();
    }

    @Test
    void refusesASignatureFromTheFuture() throws IOException {
        CosRequest request = SignedRequests.all().get(0);
        Clock early = Clock.offset(SignedRequests.clockOf(request), Duration.ofMinutes(-1));

        assertThat(refusal(request, THROWAWAY, false, early).code()).isEqualTo(ErrorCode.REQUEST_TIME_TOO_SKEWED);
    }

    @Test
    void refusesAnUnknownKey() throws IOException {
        CosRequest request = SignedRequests.all().get(0);

        assertThat(refusal(request, DOCUMENT, false, SignedRequests.clockOf(request))
                        .code())
                .isEqualTo(ErrorCode.INVALID_ACCESS_KEY_ID);
    }

    @Test
    void refusesTheUnsigned() {
        CosRequest request = SignedRequests.request("GET", "/a", DOCUMENT_HOST);

        assertThat(refusal(request, DOCUMENT, false, Clock.systemUTC()).code()).isEqualTo(ErrorCode.ACCESS_DENIED);
    }

    @Test
    void refusesASignatureWithoutHost() {
        CosRequest request = SignedRequests.request(
                "GET",
                "/a",
                DOCUMENT_HOST.and("Authorization", documentAuthorization("1557989753;1557996953", "date", "", "00")));

        assertThat(refusal(request, DOCUMENT, false, SignedRequests.clockOf(request))
                        .text())
                .contains("host");
    }

    @Test
    void strictSigningRefusesAnUnsignedCosHeader() throws IOException {
        CosRequest signed = SignedRequests.all().get(0);
        CosRequest request = SignedRequests.request(
                signed.method(), signed.head().target(), signed.head().headers().and("x-cos-forbid-overwrite", "true"));

        assertThat(accepted(request, THROWAWAY, false, SignedRequests.clockOf(request)))
                .isTrue();
        assertThat(refusal(request, THROWAWAY, true, SignedRequests.clockOf(request))
                        .text())
                .contains("x-cos-forbid-overwrite");
    }

    @Test
    void strictSigningRefusesAnUnsignedParameter() throws IOException {
        CosRequest signed = SignedRequests.all().get(0);
        CosRequest request = SignedRequests.request(
                signed.method(),
                signed.head().target() + "?tagging",
                signed.head().headers());

        assertThat(refusal(request, THROWAWAY, true, SignedRequests.clockOf(request))
                        .text())
                .contains("tagging");
    }

    @Test
    void aTemporaryKeyNeedsItsToken() throws IOException {
        CosRequest request = SignedRequests.all().get(0);
        SecretKeys right =
                SecretKeys.none().and(SignedRequests.SECRET_ID, SignedRequests.SECRET_KEY, SignedRequests.TOKEN);
        SecretKeys wrong = SecretKeys.none().and(SignedRequests.SECRET_ID, SignedRequests.SECRET_KEY, "another token");

        assertThat(accepted(request, right, false, SignedRequests.clockOf(request)))
                .isTrue();
        assertThat(refusal(request, wrong, false, SignedRequests.clockOf(request))
                        .code())
                .isEqualTo(ErrorCode.ACCESS_DENIED);
    }

    @Test
    void secretsAreNotPrinted() {
        assertThat(THROWAWAY).asString().doesNotContain(SignedRequests.SECRET_KEY);
    }

    private static Headers documentPut(String contentType) {
        return DOCUMENT_HOST
                .and("Date", "Thu, 16 May 2019 06:45:51 GMT")
                .and("Content-Length", "13")
                .and("Content-MD5", "mQ/fVh815F3k6TAUm8m0eg==")
                .and("Content-Type", contentType)
                .and("x-cos-acl", "private")
                .and("x-cos-grant-read", "uin=\"100000000011\"")
                .and(
                        "Authorization",
                        documentAuthorization(
                                "1557989151;1557996351",
                                "content-length;content-md5;content-type;date;host;x-cos-acl;x-cos-grant-read",
                                "",
                                "3b8851a11a569213c17ba8fa7dcf2abec6935172"));
    }

    private static String documentAuthorization(String time, String headers, String parameters, String signature) {
        return "q-sign-algorithm=sha1&q-ak=" + DOCUMENT_ID + "&q-sign-time=" + time + "&q-key-time=" + time
                + "&q-header-list=" + headers + "&q-url-param-list=" + parameters + "&q-signature=" + signature;
    }

    private static Refusal refusal(CosRequest request, SecretKeys keys, boolean strict, Clock clock) {
        SignatureVerifier verifier = new SignatureVerifier(keys, strict, clock);
        return Objects.requireNonNull(catchThrowableOfType(Refusal.class, () -> verifier.verify(request)));
    }

    private static boolean accepted(CosRequest request, SecretKeys keys, boolean strict, Clock clock) {
        SignatureVerifier verifier = new SignatureVerifier(keys, strict, clock);
        return catchThrowableOfType(Refusal.class, () -> verifier.verify(request)) == null;
    }
}
