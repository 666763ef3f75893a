package io.sealgate.tls;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.ssl.NotSslRecordException;
import io.netty.handler.ssl.SslHandshakeTimeoutException;
import io.sealgate.core.spi.HandshakeRefusal;
import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import java.security.cert.CertificateException;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class HandshakeFailuresTest {

    @Test
    void whoIsRevokedIsTold() {
        Throwable failure = new SSLException(new CertificateException(
                new RefusedCertificateException(HandshakeRefusal.REVOKED, "CN=device: revoked")));

        assertThat(HandshakeFailures.explain(failure)).isEqualTo("CN=device: revoked");
    }

    @Test
    void weakSignatureIsToldWithoutAName() {
        Throwable failure = new ClientSignatureGuard.WeakSignatureException(0x0201);

        assertThat(HandshakeFailures.classify(failure)).isEqualTo(HandshakeRefusal.WEAK_ALGORITHM);
        assertThat(HandshakeFailures.explain(failure))
                .isEqualTo("CertificateVerify: signature scheme 0x0201 (expected: SHA-256 or better)");
    }

    @Test
    void whatAStrangerCallsHimselfIsNotTold() {
        Throwable failure = new RefusedCertificateException(HandshakeRefusal.UNKNOWN_CA, "CN=admin: nonsense");

        assertThat(HandshakeFailures.explain(failure)).isNull();
        assertThat(HandshakeFailures.explain(new SSLException("other"))).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "PEER_DID_NOT_RETURN_A_CERTIFICATE, NO_CERTIFICATE",
        "UNSUPPORTED_PROTOCOL, PROTOCOL_VERSION",
        "NO_SHARED_CIPHER, NO_COMMON_CIPHER",
        "WRONG_CURVE, NO_COMMON_CIPHER",
        "HTTP_REQUEST, NOT_TLS",
        "SSLV3_ALERT_BAD_CERTIFICATE, CLIENT_ALERT",
        "SSLV3_ALERT_CERTIFICATE_UNKNOWN, CLIENT_ALERT",
        "TLSV1_ALERT_UNKNOWN_CA, CLIENT_ALERT",
        "BAD_SIGNATURE, INVALID_CERTIFICATE",
        "EXCESSIVE_MESSAGE_SIZE, INVALID_CERTIFICATE",
        "SOMETHING_NEW, OTHER"
    })
    void boringSslsWordDecides(String token, HandshakeRefusal expected) {
        SSLException failure = new SSLHandshakeException("error:100000c0:SSL routines:OPENSSL_internal:" + token);
        assertThat(HandshakeFailures.classify(failure)).isEqualTo(expected);
    }

    /** Keys and RSA signatures come from clients' certificates only; points come from key shares as well. */
    @ParameterizedTest
    @CsvSource({
        "public key, UNSUPPORTED_ALGORITHM, UNSUPPORTED_KEY",
        "public key, DECODE_ERROR, UNSUPPORTED_KEY",
        "RSA, BAD_E_VALUE, UNSUPPORTED_KEY",
        "RSA, LAST_OCTET_INVALID, INVALID_CERTIFICATE",
        "RSA, DATA_LEN_NOT_EQUAL_TO_MOD_LEN, INVALID_CERTIFICATE",
        "ECDSA, BAD_SIGNATURE, INVALID_CERTIFICATE",
        "elliptic curve, DECODE_ERROR, UNSUPPORTED_KEY",
        "elliptic curve, POINT_IS_NOT_ON_CURVE, OTHER",
        "SSL, DECODE_ERROR, OTHER"
    })
    void boringSslsPartDecides(String part, String token, HandshakeRefusal expected) {
        SSLException failure =
                new SSLHandshakeException("error:04000065:" + part + " routines:OPENSSL_internal:" + token);
        assertThat(HandshakeFailures.classify(failure)).isEqualTo(expected);
    }

    @ParameterizedTest
    @EnumSource(HandshakeRefusal.class)
    void ownVerdictIsFoundBelowAnyWrapping(HandshakeRefusal verdict) {
        Throwable failure = new SSLHandshakeException("General OpenSslEngine problem")
                .initCause(new CertificateException(new RefusedCertificateException(verdict, "refused")));
        assertThat(HandshakeFailures.classify(new RuntimeException(failure))).isEqualTo(verdict);
    }

    @Test
    void timeoutIsRecognised() {
        assertThat(HandshakeFailures.classify(new SslHandshakeTimeoutException("handshake timed out")))
                .isEqualTo(HandshakeRefusal.TIMEOUT);
    }

    @Test
    void plainTextIsRecognised() {
        assertThat(HandshakeFailures.classify(new NotSslRecordException("not an SSL/TLS record")))
                .isEqualTo(HandshakeRefusal.NOT_TLS);
    }

    @Test
    void closedConnectionIsRecognised() {
        assertThat(HandshakeFailures.classify(new ClosedChannelException())).isEqualTo(HandshakeRefusal.CLOSED);
    }

    @Test
    void resetConnectionIsRecognised() {
        assertThat(HandshakeFailures.classify(new IOException("Connection reset by peer")))
                .isEqualTo(HandshakeRefusal.CLOSED);
    }

    @Test
    void failureWithoutMessageIsOther() {
        assertThat(HandshakeFailures.classify(new SSLException((String) null))).isEqualTo(HandshakeRefusal.OTHER);
    }

    @Test
    void loopOfCausesEnds() {
        RuntimeException inner = new RuntimeException("inner");
        RuntimeException outer = new RuntimeException("outer", inner);
        inner.initCause(outer);
        assertThat(HandshakeFailures.classify(outer)).isEqualTo(HandshakeRefusal.OTHER);
    }
}
