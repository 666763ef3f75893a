package io.sealgate.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import io.sealgate.core.model.ConnectionContext;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.RequestId;
import io.sealgate.core.observe.AccessLog;
import io.sealgate.core.spi.CorruptVersion;
import io.sealgate.core.spi.ExchangeReport;
import io.sealgate.core.spi.TapResult;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.Logger;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.Property;
import org.junit.jupiter.api.Test;

class AccessLogTest {

    private static final String HOSTILE = "/a\"},{\"x\":\"\r\n\u0000\u001b[2J\\\u009b\u2028é";

    @Test
    void everyExchangeIsOneLineOfJsonWhateverTheClientSent() throws JsonProcessingException {
        List<String> lines = linesOf(hostile());

        assertThat(lines).hasSize(1);
        assertThat(lines.get(0).chars()).noneMatch(Character::isISOControl);
        JsonNode line = strictly(lines.get(0));
        assertThat(line.get("url.path").textValue()).isEqualTo(HOSTILE);
        assertThat(line.get("user_agent.original").textValue()).isEqualTo("agent\"\n");
        assertThat(line.has("x")).isFalse();
    }

    @Test
    void fieldsHaveTheirNamesAndTypes() throws JsonProcessingException {
        JsonNode line = strictly(linesOf(hostile()).get(0));

        assertThat(line.get("@timestamp").textValue()).isEqualTo("2026-01-02T03:04:05.006Z");
        assertThat(line.get("event.duration").longValue()).isEqualTo(1_500_000);
        assertThat(line.get("http.version").textValue()).isEqualTo("1.1");
        assertThat(line.get("http.request.body.bytes").longValue()).isEqualTo(5_000_000_000L);
        assertThat(line.get("http.response.status_code").intValue()).isEqualTo(400);
        assertThat(line.get("client.address").textValue()).isEqualTo("127.0.0.1");
        assertThat(line.get("client.port").intValue()).isEqualTo(4711);
        assertThat(line.get("tls.version").textValue()).isEqualTo("1.3");
        assertThat(line.get("tls.client.subject").textValue()).isEqualTo("CN=device");
        assertThat(line.get("tls.client.x509.serial_number").textValue()).isEqualTo("0AFF");
        assertThat(line.get("tls.client.subject").textValue()).isEqualTo("CN=device");
        assertThat(line.get("tls.client.issuer").textValue()).isEqualTo("CN=ca");
        assertThat(line.get("tls.client.x509.subject.common_name").textValue()).isEqualTo("device");
        assertThat(line.get("tls.client.x509.alternative_names")).hasToString("[\"spiffe://fleet/device\"]");
        assertThat(line.get("tls.client.hash.sha256").textValue()).isEqualTo("00FF");
        assertThat(line.get("tls.client.not_after").textValue()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(line.get("sealgate.client.spki_sha256").textValue()).isEqualTo("5B");
        assertThat(line.get("sealgate.operation").textValue()).isEqualTo("PutObject");
        assertThat(line.get("sealgate.outcome").textValue()).isEqualTo("refused");
        assertThat(line.get("sealgate.error.source").textValue()).isEqualTo("integrity");
        assertThat(line.get("error.code").textValue()).isEqualTo("BadDigest");
        assertThat(line.get("sealgate.md5").textValue()).isEqualTo("abc=");
        assertThat(line.get("sealgate.corrupt_version.outcome").textValue()).isEqualTo("deleted");
        assertThat(line.get("sealgate.corrupt_version.id").textValue()).isEqualTo("v\"1");
        assertThat(line.get("sealgate.key").textValue()).isEqualTo("images/\"1");
        assertThat(line.get("sealgate.checks"))
                .hasToString("[\"upload:md5:mismatched\",\"download:crc64:not_checked:range\"]");
    }

    private static JsonNode strictly(String line) throws JsonProcessingException {
        return JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
                .build()
                .readTree(line);
    }

    private static List<String> linesOf(ExchangeReport report) {
        Logger logger = (Logger) LogManager.getLogger(AccessLog.LOGGER);
        Capture capture = new Capture();
        capture.start();
        logger.addAppender(capture);
        try (AccessLog log = new AccessLog()) {
            log.finished(report);
        } finally {
            logger.removeAppender(capture);
        }
        return capture.lines;
    }

    private static ExchangeReport hostile() {
        GatewayError.Corrupted error = new GatewayError.Corrupted(CosErrorCode.BAD_DIGEST, "Content-MD5: wrong");
        ClientIdentity.Certified device = new ClientIdentity.Certified(
                "CN=device",
                "device",
                List.of(new SubjectAltName(SubjectAltName.Type.URI, "spiffe://fleet/device")),
                "0aff",
                "CN=ca",
                "00ff",
                "5b",
                Instant.EPOCH,
                List.of());
        ConnectionContext connection = new ConnectionContext(
                "edge",
                new InetSocketAddress(InetAddress.getLoopbackAddress(), 4711),
                device,
                new ConnectionContext.Tls("TLSv1.3", "TLS_AES_256_GCM_SHA384", null));
        return new ExchangeReport(
                connection,
                new RequestId("id"),
                Instant.parse("2026-01-02T03:04:05.006Z"),
                Duration.ofNanos(1_500_000),
                "HTTP/1.1",
                "PUT",
                HOSTILE,
                "localhost",
                "agent\"\n",
                "telemetry",
                CosOperation.PUT_OBJECT,
                "cos",
                400,
                5_000_000_000L,
                0,
                ExchangeReport.Outcome.REFUSED,
                error,
                null,
                List.of(new TapResult.Mismatched("md5", "abc=", error)),
                List.of(new TapResult.NotChecked("crc64", "", "range")),
                List.of(),
                "images/\"1",
                2,
                new CorruptVersion(CorruptVersion.Outcome.DELETED, "v\"1"));
    }

    /** Keeps what is logged. */
    private static final class Capture extends AbstractAppender {

        private final List<String> lines = new ArrayList<>();

        Capture() {
            super("capture", null, null, true, Property.EMPTY_ARRAY);
        }

        @Override
        public void append(LogEvent event) {
            lines.add(event.getMessage().getFormattedMessage());
        }
    }
}
