package io.sealgate.origin;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.origin.RawClient.Ending;
import io.sealgate.origin.RawClient.Reply;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FramingIT {
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

    @ParameterizedTest
    @ValueSource(
            strings = {
                "PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nhello",
                "PUT /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n",
                "PUT /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n",
                "PUT /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhelloworld\r\n0\r\n\r\n",
                "POST /a?append&position=0 HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nhello",
            })
    void aShortBodyCommitsNothing(String request) throws IOException {
        cos.client.send(request);
        cos.origin.log().await(seen -> seen.bodyBytes() == 5, OriginFixture.PATIENCE);

        cos.client.close();

        LoggedRequest seen =
                cos.origin.log().awaitFinished(1, OriginFixture.PATIENCE).get(0);
        assertThat(seen.committed()).isFalse();
        assertThat(seen.bodyComplete()).isFalse();
        assertThat(cos.exists("a")).isFalse();
        assertThat(directory.resolve("spool")).isEmptyDirectory();
    }

    @Test
    void aShortOverwriteLeavesTheOldObject() throws IOException {
        cos.put("/a", "old");
        cos.client.send("PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 6\r\n\r\nhello");
        cos.origin.log().await(seen -> seen.bodyBytes() == 5, OriginFixture.PATIENCE);

        cos.client.close();

        cos.origin.log().awaitFinished(2, OriginFixture.PATIENCE);
        assertThat(cos.stored("a").bytes()).asString().isEqualTo("old");
    }

    @Test
    void chunkedBodiesAreTaken() throws IOException {
        cos.client.send("PUT /a HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n");
        cos.client.send("2\r\nhe\r\n3;ext=1\r\nllo\r\n0\r\n\r\n");

        Reply reply = cos.client.receive("PUT");

        assertThat(reply.status()).isEqualTo(200);
        assertThat(cos.stored("a").bytes()).asString().isEqualTo("hello");
    }

    @Test
    void aPutNeedsALength() throws IOException {
        cos.client.send("PUT /a HTTP/1.1\r\nHost: x\r\n\r\n");

        assertThat(cos.client.receive("PUT").text()).contains("MissingContentLength");
    }

    @Test
    void expectationsAreMetOnceTheHeadIsAccepted() throws IOException {
        cos.client.send("PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nExpect: 100-continue\r\n\r\n");
        cos.client.patience(300);
        Reply before = cos.client.receive("PUT");

        cos.client.patience(5_000).send("hello");
        Reply after = cos.client.receive("PUT");

        assertThat(before.interims()).containsExactly(100);
        assertThat(before.ending()).isEqualTo(Ending.SILENCE);
        assertThat(after.status()).isEqualTo(200);
    }

    @Test
    void aBadHeadIsAnsweredWithoutContinue() throws IOException {
        cos.client.send("PUT /a HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-MD5: no\r\n");
        cos.client.send("Expect: 100-continue\r\n\r\n");

        Reply reply = cos.client.receive("PUT");

        assertThat(reply.interims()).isEmpty();
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.header("Connection")).isEqualTo("close");
        assertThat(cos.client.closedByPeer()).isTrue();
    }

    @Test
    void theBodyOfARefusedRequestIsReadAndTheConnectionLivesOn() throws IOException {
        Reply refused = cos.client.request("PUT", "/a", OriginFixture.noise(3 << 20), "Content-MD5: no");

        assertThat(refused.status()).isEqualTo(400);
        assertThat(cos.put("/a", "hello").status()).isEqualTo(200);
        assertThat(cos.origin.log().connectionsOpened()).isEqualTo(1);
    }

    @Test
    void pipelinedRequestsAreAnsweredInOrder() throws IOException {
        cos.put("/a", "one");
        String get = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

        cos.client.send(get + "GET /no HTTP/1.1\r\nHost: x\r\n\r\n" + get);

        assertThat(cos.client.receive("GET").text()).isEqualTo("one");
        assertThat(cos.client.receive("GET").status()).isEqualTo(404);
        assertThat(cos.client.receive("GET").text()).isEqualTo("one");
    }

    @Test
    void oldClientsAreAnsweredAndLeft() throws IOException {
        cos.put("/a", "one");

        cos.client.send("GET /a HTTP/1.0\r\n\r\n");

        assertThat(cos.client.receive("GET").text()).isEqualTo("one");
        assertThat(cos.client.closedByPeer()).isTrue();
    }

    @Test
    void oldClientsMayAskToStay() throws IOException {
        cos.put("/a", "one");

        cos.client.send("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");

        assertThat(cos.client.receive("GET").header("Connection")).isEqualTo("keep-alive");
        assertThat(cos.get("/a").text()).isEqualTo("one");
    }

    @Test
    void closeIsHonoured() throws IOException {
        assertThat(cos.get("/a", "Connection: close").header("Connection")).isEqualTo("close");
        assertThat(cos.client.closedByPeer()).isTrue();
    }

    @Test
    void malformedRequestsAreAnsweredAndLeft() throws IOException {
        cos.client.send("GET /a HTTP/1.1\r\nHost: x\r\nContent-Length: 3\r\nContent-Length: 4\r\n\r\n");

        assertThat(cos.client.receive("GET").status()).isEqualTo(400);
        assertThat(cos.client.closedByPeer()).isTrue();
    }

    @Test
    void largeObjectsGoInAndOutWhole() throws IOException {
        byte[] large = OriginFixture.noise(24 << 20);

        cos.client.request("PUT", "/a", large);
        Reply reply = cos.get("/a");

        assertThat(reply.bytes()).isEqualTo(large);
        assertThat(cos.stored("a").crc64()).isEqualTo(Crc64.of(large));
    }

    @Test
    void theLogKnowsConnectionsAndPositions() throws IOException {
        cos.put("/a", "hello", "X-Odd: 1");
        cos.get("/a?x-cos-traffic-limit=819200");

        var log = cos.origin.log().awaitFinished(2, OriginFixture.PATIENCE);

        assertThat(log).extracting(seen -> seen.head().position()).containsExactly(1, 2);
        assertThat(log).extracting(LoggedRequest::connection).containsExactly(1L, 1L);
        assertThat(log).extracting(LoggedRequest::status).containsExactly(200, 200);
        assertThat(log).extracting(LoggedRequest::committed).containsExactly(true, false);
        assertThat(log.get(0).bodyBytes()).isEqualTo(5);
        assertThat(log.get(0).headers().first("x-odd")).contains("1");
        assertThat(log.get(1).target()).isEqualTo("/a?x-cos-traffic-limit=819200");
        cos.client.close();
        cos.origin.log().awaitNoConnections(OriginFixture.PATIENCE);
    }
}
