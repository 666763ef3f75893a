package io.sealgate.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.RawClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CopyAppendIT {
    private static final String SOURCE =
            "x-cos-copy-source: " + OriginFixture.BUCKET + ".cos.ap-guangzhou.myqcloud.com/";

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

    @Test
    void aCopyHasTheBytesAndTheMetadataOfItsSource() throws IOException {
        cos.put("/%E4%B8%AD%20a", "hello", "x-cos-meta-k: v");

        Reply reply = cos.put("/dst", "", SOURCE + "%E4%B8%AD%20a");

        XmlElement result = XmlElement.parse(reply.bytes(), "CopyObjectResult");
        assertThat(result.need("ETag")).isEqualTo("\"5d41402abc4b2a76b9719d911017c592\"");
        assertThat(result.need("CRC64")).isEqualTo("11177612005948864433");
        assertThat(result.text("LastModified")).isPresent();
        assertThat(cos.get("/dst").text()).isEqualTo("hello");
        assertThat(cos.get("/dst").header("x-cos-meta-k")).isEqualTo("v");
    }

    @Test
    void metadataCanBeReplaced() throws IOException {
        cos.put("/src", "hello", "x-cos-meta-k: v");

        cos.put("/dst", "", SOURCE + "src", "x-cos-metadata-directive: Replaced", "x-cos-meta-n: w");

        assertThat(cos.stored("dst").metadata().contains("x-cos-meta-k")).isFalse();
        assertThat(cos.stored("dst").metadata().contains("x-cos-meta-n")).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "x-cos-copy-source-If-Match: \"other\", 412",
        "x-cos-copy-source-If-Match: \"5d41402abc4b2a76b9719d911017c592\", 200",
        "x-cos-copy-source-If-None-Match: *, 412"
    })
    void conditionsOnTheSource(String header, int status) throws IOException {
        cos.put("/src", "hello");

        assertThat(cos.put("/dst", "", SOURCE + "src", header).status()).isEqualTo(status);
        assertThat(cos.exists("dst")).isEqualTo(status == 200);
    }

    @Test
    void sourcesMustExistAndBeWellFormed() throws IOException {
        assertThat(cos.put("/dst", "", SOURCE + "nope").text()).contains("NoSuchCopySource");
        assertThat(cos.put("/dst", "", "x-cos-copy-source: /bucket/key").text()).contains("InvalidCopySource");
    }

    /** A path that is empty once empty and dot segments are gone is the bucket. */
    @ParameterizedTest
    @ValueSource(strings = {"%2F", "/", "%2F%2F", "./", "%2E%2E/", "%2f.%2F?versionId="})
    void aSourceThatIsTheBucketIsNoObject(String key) throws IOException {
        cos.origin.store().put(OriginFixture.BUCKET, "/", new byte[1], Headers.none());

        assertThat(cos.put("/dst", "", SOURCE + key).text()).contains("InvalidCopySource");
        assertThat(cos.exists("dst")).isFalse();
    }

    @Test
    void anEmptyVersionOfASourceIsNone() throws IOException {
        cos.put("/src", "hello");

        assertThat(cos.put("/dst", "", SOURCE + "src?versionId=").status()).isEqualTo(200);
        assertThat(cos.put("/dst", "", SOURCE + "src?versionId=none").text()).contains("NoSuchVersion");
    }

    @Test
    void appendsGrowAnObject() throws IOException {
        Reply first = cos.post("/ap?append&position=0", "hello ", "x-cos-meta-k: v");
        Reply second = cos.post("/ap?append&position=6", "world");

        assertThat(first.header("x-cos-next-append-position")).isEqualTo("6");
        assertThat(second.header("x-cos-next-append-position")).isEqualTo("11");
        assertThat(second.header("x-cos-hash-crc64ecma")).isEqualTo("5981764153023615706");
        assertThat(cos.get("/ap").text()).isEqualTo("hello world");
        assertThat(cos.get("/ap").header("x-cos-object-type")).isEqualTo("appendable");
    }

    @Test
    void aWrongPositionChangesNothing() throws IOException {
        cos.post("/ap?append&position=0", "hello");

        Reply reply = cos.post("/ap?append&position=3", "x");

        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.text()).contains("AppendPositionErr");
        assertThat(reply.header("x-cos-next-append-position")).isEqualTo("5");
        assertThat(cos.get("/ap").text()).isEqualTo("hello");
    }

    @Test
    void onlyAppendedObjectsTakeMore() throws IOException {
        cos.put("/a", "hello");

        assertThat(cos.post("/a?append&position=5", "x").text()).contains("ObjectNotAppendable");
    }
}
