package io.sealgate.core.planning;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.EncryptionConfig.WhenClientSends;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.upstream.UpstreamRequest;
import java.util.List;
import org.junit.jupiter.api.Test;

class OwnRequestTest {

    private static final String CUSTOMER = "x-cos-server-side-encryption-customer-";
    private static final String ALGORITHM = CUSTOMER + "algorithm: AES256";
    private static final String KEY = CUSTOMER + "key: MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
    private static final String KEY_MD5 = CUSTOMER + "key-MD5: hRasmdxgYDKV3nvbahU1MA==";

    @Test
    void nothingOfTheClientsGoesAlongButItsEncryptionKey() {
        EncryptionConfig keep = new EncryptionConfig(null, null, null, WhenClientSends.KEEP);
        Plan plan = PlanFixture.signing(PlanFixture.encrypting(keep, "write"))
                .plan(
                        "POST /log?append&position=5",
                        "Content-Length: 3",
                        "Content-Type: text/plain",
                        "x-cos-meta-a: b",
                        ALGORITHM,
                        KEY,
                        KEY_MD5);

        HttpRequest sent = own(PlanFixture.forwarded(plan)).toHttp();

        assertThat(sent.method()).isEqualTo(HttpMethod.GET);
        assertThat(sent.uri()).isEqualTo("/log?versionId=7");
        assertThat(sent.headers().names())
                .containsExactlyInAnyOrder(
                        "host",
                        CUSTOMER + "algorithm",
                        CUSTOMER + "key",
                        CUSTOMER + "key-md5",
                        "range",
                        "authorization");
    }

    @Test
    void whatIsNotReadNeedsNoEncryptionKey() {
        EncryptionConfig keep = new EncryptionConfig(null, null, null, WhenClientSends.KEEP);
        UpstreamRequest put = PlanFixture.forwarded(PlanFixture.signing(PlanFixture.encrypting(keep, "write"))
                .plan("PUT /log", "Content-Length: 3", ALGORITHM, KEY, KEY_MD5));

        HttpRequest sent = put.own(
                        CosOperation.DELETE_OBJECT, HttpMethod.DELETE, "/log", List.of(), new DefaultHttpHeaders())
                .toHttp();

        assertThat(sent.headers().names()).containsExactlyInAnyOrder("host", "authorization");
    }

    @Test
    void itMayBeSentAgainWhateverTheClientsRequestIs() {
        UpstreamRequest append = PlanFixture.forwarded(PlanFixture.signing(PlanFixture.route("/**", "write"))
                .plan("POST /log?append&position=5", "Content-Length: 3"));

        assertThat(append.isIdempotent()).isFalse();
        assertThat(own(append).isIdempotent()).isTrue();
    }

    private static UpstreamRequest own(UpstreamRequest request) {
        return request.own(
                CosOperation.GET_OBJECT,
                HttpMethod.GET,
                "/log?versionId=7",
                List.of(new QueryParameter("versionId", "7")),
                new DefaultHttpHeaders().set("range", "bytes=0-1"));
    }
}
