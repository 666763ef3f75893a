package io.sealgate.core.signing;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.model.Secret;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The two worked examples of COS document 436/7778, with its public sample key. */
class CosSignatureTest {

    private static final Secret SECRET_KEY = Secret.of("BQYIM75p8x0iWVFSIgqEKwFprpRSVHlz");
    private static final String PATH = "/exampleobject(腾讯云)";
    private static final String HOST = "examplebucket-1250000000.cos.ap-beijing.myqcloud.com";

    @Test
    void documentedUploadHasItsDocumentedSignature() {
        KeyTime time = new KeyTime(1557989151, 1557996351);
        SignedFields headers = headers(Map.of(
                "Content-Length", "13",
                "Content-MD5", "mQ/fVh815F3k6TAUm8m0eg==",
                "Content-Type", "text/plain",
                "Date", "Thu, 16 May 2019 06:45:51 GMT",
                "Host", HOST,
                "x-cos-acl", "private",
                "x-cos-grant-read", "uin=\"100000000011\""));

        SigningKey key = SigningKey.derive(SECRET_KEY, time);
        String httpString = CosSignature.httpString(HttpMethod.PUT, PATH, new SignedFields(), headers);

        assertThat(headers.list())
                .isEqualTo("content-length;content-md5;content-type;date;host;x-cos-acl;x-cos-grant-read");
        assertThat(key.digest(httpString)).isEqualTo("8b2751e77f43a0995d6e9eb9477f4b685cca4172");
        assertThat(key.text()).isEqualTo("eb2519b498b02ac213cb1f3d1a3d27a3b3c9bc5f");
        assertThat(key.sign(time, httpString)).isEqualTo("3b8851a11a569213c17ba8fa7dcf2abec6935172");
    }

    @Test
    void documentedDownloadHasItsDocumentedSignature() {
        KeyTime time = new KeyTime(1557989753, 1557996953);
        SignedFields headers = headers(Map.of("Date", "Thu, 16 May 2019 06:55:53 GMT", "Host", HOST));
        SignedFields parameters = new SignedFields();
        parameters.add("response-content-type", CanonicalEncoding.encode("application/octet-stream"));
        parameters.add("response-cache-control", CanonicalEncoding.encode("max-age=600"));

        SigningKey key = SigningKey.derive(SECRET_KEY, time);
        String httpString = CosSignature.httpString(HttpMethod.GET, PATH, parameters, headers);

        assertThat(parameters.list()).isEqualTo("response-cache-control;response-content-type");
        assertThat(key.digest(httpString)).isEqualTo("54ecfe22f59d3514fdc764b87a32d8133ea611e6");
        assertThat(key.text()).isEqualTo("937914bf490e9e8c189836aad2052e4feeb35eaf");
        assertThat(key.sign(time, httpString)).isEqualTo("01681b8c9d798a678e43b685a9f1bba0f6c0e012");
    }

    private static SignedFields headers(Map<String, String> headers) {
        SignedFields fields = new SignedFields();
        headers.forEach((name, value) -> fields.add(SignedFields.canonicalName(name), SignedFields.headerValue(value)));
        return fields;
    }
}
