package io.sealgate.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.RawClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ReadIT {
    private static final String ETAG = "\"781e5e245d69b566979b86e28d23f2c7\"";
    private static final String NOW = "Fri, 02 Jan 2026 03:04:05 GMT";

    @TempDir
    Path directory;

    private OriginFixture cos;

    @BeforeEach
    void start() throws IOException {
        Clock clock = Clock.fixed(Instant.parse("2026-01-02T03:04:05.678Z"), ZoneOffset.UTC);
        cos = new OriginFixture(directory, options -> options.clock(clock));
        cos.put("/a", "0123456789");
    }

    @AfterEach
    void stop() throws IOException {
        cos.close();
    }

    @ParameterizedTest
    @CsvSource({
        "bytes=0-3, 0123, bytes 0-3/10",
        "bytes=7-, 789, bytes 7-9/10",
        "bytes=-2, 89, bytes 8-9/10",
        "bytes=0-99, 0123456789, bytes 0-9/10"
    })
    void rangesAreServedWithTheWholeObjectsCrc(String range, String body, String contentRange) throws IOException {
        Reply reply = cos.get("/a", "Range: " + range);

        assertThat(reply.status()).isEqualTo(206);
        assertThat(reply.text()).isEqualTo(body);
        assertThat(reply.header("Content-Range")).isEqualTo(contentRange);
        assertThat(reply.header("x-cos-hash-crc64ecma"))
                .isEqualTo(cos.stored("a").crc64Text());
    }

    @ParameterizedTest
    @ValueSource(strings = {"bytes=0-1,3-4", "bytes=x", "lines=1-2", "bytes=5-4"})
    void otherRangesMeanTheWhole(String range) throws IOException {
        Reply reply = cos.get("/a", "Range: " + range);

        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.text()).isEqualTo("0123456789");
    }

    @Test
    void aRangeBeyondTheEndIsRefused() throws IOException {
        Reply reply = cos.get("/a", "Range: bytes=10-");

        assertThat(reply.status()).isEqualTo(416);
        assertThat(reply.header("Content-Range")).isEqualTo("bytes */10");
        assertThat(reply.text()).contains("InvalidRange");
    }

    @ParameterizedTest
    @CsvSource({"'" + ETAG + "', 206", "'\"other\"', 200", "'" + NOW + "', 206", "'Thu, 01 Jan 2026 03:04:05 GMT', 200"
    })
    void ifRangeDecidesWhetherTheRangeCounts(String ifRange, int status) throws IOException {
        assertThat(cos.get("/a", "Range: bytes=0-3", "If-Range: " + ifRange).status())
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-Match: " + ETAG + " | 200",
                "If-Match: * | 200",
                "If-Match: \"a\", " + ETAG + " | 200",
                "If-Match: 781e5e245d69b566979b86e28d23f2c7 | 200",
                "If-Match: \"other\" | 412",
                "If-None-Match: " + ETAG + " | 304",
                "If-None-Match: * | 304",
                "If-None-Match: \"other\" | 200",
                "If-Modified-Since: " + NOW + " | 304",
                "If-Modified-Since: Fri, 02 Jan 2026 03:04:04 GMT | 200",
                "If-Modified-Since: nonsense | 200",
                "If-Unmodified-Since: " + NOW + " | 200",
                "If-Unmodified-Since: Fri, 02 Jan 2026 03:04:04 GMT | 412",
            })
    void conditions(String header, int status) throws IOException {
        Reply get = cos.get("/a", header);
        Reply head = cos.send("HEAD", "/a", header);

        assertThat(get.status()).isEqualTo(status);
        assertThat(head.status()).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "If-Match: " + ETAG + " | If-Unmodified-Since: Fri, 02 Jan 2026 03:04:04 GMT | 200",
                "If-None-Match: \"other\" | If-Modified-Since: " + NOW + " | 200",
                "If-Match: \"other\" | If-None-Match: " + ETAG + " | 412",
                "If-Match: " + ETAG + " | If-None-Match: " + ETAG + " | 304",
            })
    void entityTagsGoBeforeDates(String one, String other, int status) throws IOException {
        assertThat(cos.get("/a", one, other).status()).isEqualTo(status);
    }

    @Test
    void notModifiedCarriesTagAndCrcButNoBody() throws IOException {
        Reply reply = cos.get("/a", "If-None-Match: " + ETAG);

        assertThat(reply.header("ETag")).isEqualTo(ETAG);
        assertThat(reply.header("x-cos-hash-crc64ecma"))
                .isEqualTo(cos.stored("a").crc64Text());
        assertThat(cos.get("/a").text()).isEqualTo("0123456789");
    }

    @Test
    void aReaderFinishesTheObjectItBeganWith() throws IOException {
        byte[] old = OriginFixture.noise(8 << 20);
        cos.origin.store().put(OriginFixture.BUCKET, "big", old, Headers.none());
        cos.client.send("GET /big HTTP/1.1\r\nHost: x\r\n\r\n");
        cos.origin
                .log()
                .await(request -> request.target().equals("/big") && request.status() == 200, OriginFixture.PATIENCE);

        cos.origin.store().put(OriginFixture.BUCKET, "big", new byte[] {1}, Headers.none());

        assertThat(cos.client.receive("GET").bytes()).isEqualTo(old);
    }

    @Test
    void listsByPrefixAndDelimiterPageByPage() throws IOException {
        for (String key : new String[] {"d/1", "d/x/1", "d/x/2", "d/y", "e"}) {
            cos.put("/" + key, "");
        }

        Reply first = cos.get("/?prefix=d%2F&delimiter=%2F&max-keys=2");
        Reply second = cos.get("/?prefix=d%2F&delimiter=%2F&max-keys=2&marker=d%2Fx%2F");

        assertThat(first.text())
                .contains("<IsTruncated>true</IsTruncated>", "<NextMarker>d/x/</NextMarker>", "<Key>d/1</Key>")
                .contains("<CommonPrefixes><Prefix>d/x/</Prefix></CommonPrefixes>");
        assertThat(second.text())
                .contains("<IsTruncated>false</IsTruncated>", "<Key>d/y</Key>")
                .doesNotContain("CommonPrefixes", "<Key>e</Key>");
    }

    @Test
    void listsKeysEncodedOnRequest() throws IOException {
        cos.put("/z%20%01", "");

        assertThat(cos.get("/?prefix=z&encoding-type=url").text()).contains("<Key>z%20%01</Key>");
    }
}
