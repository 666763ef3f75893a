package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.RawClient.Reply;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MultipartIT {
    private static final int MIB = 1 << 20;

    @TempDir
    Path directory;

    private OriginFixture cos;

    @BeforeEach
    void start() throws IOException {
        cos = new OriginFixture(directory);
    }

    @AfterEach
    void stop() throws IOException {
        cos.close();
    }

    static String initiate(OriginFixture cos, String target, String... headers) throws IOException {
        Reply reply = cos.post(target + "?uploads", "", headers);
        return XmlElement.parse(reply.bytes(), "InitiateMultipartUploadResult").need("UploadId");
    }

    private Reply part(String upload, int number, byte[] bytes) throws IOException {
        return cos.client.request("PUT", "/m?partNumber=" + number + "&uploadId=" + upload, bytes);
    }

    private Reply complete(String upload, String... parts) throws IOException {
        StringBuilder body = new StringBuilder("<CompleteMultipartUpload>");
        for (String part : parts) {
            String[] pair = part.split("=");
            body.append("<Part><PartNumber>%s</PartNumber><ETag>%s</ETag></Part>".formatted(pair[0], pair[1]));
        }
        return cos.post("/m?uploadId=" + upload, body + "</CompleteMultipartUpload>");
    }

    @Test
    void partsBecomeOneObjectInTheirOrder() throws IOException {
        String upload = initiate(cos, "/m", "x-cos-meta-k: v");
        byte[] first = OriginFixture.noise(MIB);
        byte[] last = "tail".getBytes(UTF_8);
        String lastTag = part(upload, 7, last).header("ETag");
        Reply firstReply = part(upload, 2, first);

        Reply reply = complete(upload, "2=" + firstReply.header("ETag"), "7=" + lastTag.replace("\"", ""));

        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(first);
        whole.write(last);
        assertThat(reply.status()).isEqualTo(200);
        assertThat(firstReply.header("x-cos-hash-crc64ecma")).isEqualTo(Long.toUnsignedString(Crc64.of(first)));
        assertThat(reply.header("x-cos-hash-crc64ecma"))
                .isEqualTo(Long.toUnsignedString(Crc64.of(whole.toByteArray())));
        assertThat(cos.stored("m").etag()).matches("\"[0-9a-f]{32}-2\"");
        assertThat(cos.stored("m").bytes()).isEqualTo(whole.toByteArray());
        assertThat(cos.get("/m").header("x-cos-meta-k")).isEqualTo("v");
        assertThat(complete(upload, "2=x").text()).contains("NoSuchUpload");
    }

    @Test
    void nothingIsVisibleBeforeCompletion() throws IOException {
        String upload = initiate(cos, "/m");

        part(upload, 1, new byte[10]);

        assertThat(cos.get("/m").status()).isEqualTo(404);
    }

    @Test
    void smallPartsMayOnlyBeLast() throws IOException {
        String upload = initiate(cos, "/m");
        String one = part(upload, 1, new byte[MIB - 1]).header("ETag");
        String two = part(upload, 2, new byte[1]).header("ETag");

        assertThat(complete(upload, "1=" + one, "2=" + two).text()).contains("EntityTooSmall");
    }

    @Test
    void theListMustFitTheParts() throws IOException {
        String upload = initiate(cos, "/m");
        String one = part(upload, 1, new byte[MIB]).header("ETag");
        String two = part(upload, 2, new byte[MIB]).header("ETag");

        assertThat(complete(upload, "1=" + "0".repeat(32)).text()).contains("<Code>InvalidPart<");
        assertThat(complete(upload, "3=" + one).text()).contains("<Code>InvalidPart<");
        assertThat(complete(upload, "2=" + two, "1=" + one).text()).contains("InvalidPartOrder");
        assertThat(complete(upload).text()).contains("MalformedXML");
        assertThat(complete(upload, "1=" + one, "2=" + two).status()).isEqualTo(200);
    }

    @Test
    void aPartNeedsALengthANumberAndAnUpload() throws IOException {
        String upload = initiate(cos, "/m");
        cos.client.send("PUT /m?partNumber=1&uploadId=" + upload
                + " HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n");

        assertThat(cos.client.receive("PUT").text()).contains("MissingContentLength");
        assertThat(part(upload, 0, new byte[1]).text()).contains("InvalidArgument");
        assertThat(part(upload, 10_001, new byte[1]).text()).contains("InvalidArgument");
        assertThat(part("unknown", 1, new byte[1]).text()).contains("NoSuchUpload");
    }

    @Test
    void partsAndUploadsAreListed() throws IOException {
        String upload = initiate(cos, "/m");
        part(upload, 1, new byte[3]);
        part(upload, 2, new byte[5]);

        assertThat(cos.get("/m?uploadId=" + upload).text())
                .contains("<PartNumber>1</PartNumber>", "<Size>5</Size>", "<IsTruncated>false</IsTruncated>");
        assertThat(cos.get("/m?max-parts=1&uploadId=" + upload).text())
                .contains("<IsTruncated>true</IsTruncated>", "<NextPartNumberMarker>1</NextPartNumberMarker>");
        assertThat(cos.get("/?uploads&prefix=m").text()).contains("<UploadId>" + upload + "</UploadId>");
        assertThat(cos.get("/?uploads&prefix=n").text()).doesNotContain(upload);
    }

    @Test
    void abortForgetsEverything() throws IOException {
        String upload = initiate(cos, "/m");
        part(upload, 1, new byte[3]);

        assertThat(cos.send("DELETE", "/m?uploadId=" + upload).status()).isEqualTo(204);
        assertThat(cos.get("/m?uploadId=" + upload).text()).contains("NoSuchUpload");
        assertThat(directory.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void completionRespectsForbidOverwrite() throws IOException {
        String upload = initiate(cos, "/m");
        String one = part(upload, 1, new byte[1]).header("ETag");
        cos.put("/m", "first");
        String body = "<CompleteMultipartUpload><Part><PartNumber>1</PartNumber><ETag>" + one
                + "</ETag></Part></CompleteMultipartUpload>";

        Reply reply = cos.post("/m?uploadId=" + upload, body, "x-cos-forbid-overwrite: true");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(cos.stored("m").bytes()).asString().isEqualTo("first");
    }

    @Test
    void partsCanBeCopiedFromObjects() throws IOException {
        cos.put("/src", "0123456789");
        String upload = initiate(cos, "/m");

        Reply copied = cos.put(
                "/m?partNumber=1&uploadId=" + upload,
                "",
                "x-cos-copy-source: " + OriginFixture.BUCKET + ".cos.ap-guangzhou.myqcloud.com/src",
                "x-cos-copy-source-range: bytes=2-4");
        String etag = XmlElement.parse(copied.bytes(), "CopyPartResult").need("ETag");

        assertThat(complete(upload, "1=" + etag).status()).isEqualTo(200);
        assertThat(cos.stored("m").bytes()).asString().isEqualTo("234");
    }
}
