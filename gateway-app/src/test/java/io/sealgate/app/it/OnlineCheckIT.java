package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.sealgate.app.BucketInquiry;
import io.sealgate.app.config.ConfigLoader;
import io.sealgate.app.config.ConfigSource;
import io.sealgate.app.config.GatewayConfig;
import io.sealgate.app.it.OriginIdentity.Kind;
import io.sealgate.app.online.OnlineCheck;
import io.sealgate.origin.Fault;
import io.sealgate.origin.LoggedRequest;
import io.sealgate.origin.RequestMatcher;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Buckets are asked the way that the gateway reaches them, over TLS and signed, and only asked. */
class OnlineCheckIT {

    private static final String ROUTES = """
              - name: images
                match: {hosts: [localhost]}
                origin: cos
                operations: [read, write]
                uploads: {forbid-overwrite: true}
            """;

    @TempDir
    private static Path directory;

    private static Ground plain;
    private static Ground versioned;

    @BeforeAll
    static void start() throws Exception {
        plain = Ground.start(directory, "plain", 1, site -> site.strictSigning().routes(ROUTES));
        versioned = Ground.start(directory, "versioned", 1, site -> site.strictSigning()
                .versioning()
                .https(OriginIdentity.of(Kind.GOOD))
                .routes(ROUTES));
    }

    @AfterAll
    static void stop() {
        plain.close();
        versioned.close();
    }

    @BeforeEach
    void startAfresh() {
        plain.site().origin().faults().clear();
        plain.site().origin().log().clear();
    }

    @Test
    void whatTheBucketUndoesIsTold() throws Exception {
        OnlineCheck.Findings findings = ask("versioned", "", "");

        assertThat(findings.problems()).isEmpty();
        assertThat(findings.warnings())
                .containsExactly(
                        "origins[0]: versioning: enabled, so COS ignores uploads.forbid-overwrite of route images"
                                + " (expected: forbid-overwrite: head-first)",
                        "origins[0]: encryption: none by default, and route images adds none"
                                + " (expected: encryption of the bucket, or encryption.mode)");
    }

    @Test
    void nothingIsSaidOfWhatIsInOrder() throws Exception {
        assertThat(ask("plain", "uploads:", "encryption: {mode: sse-cos}\n    uploads:"))
                .isEqualTo(new OnlineCheck.Findings(List.of(), List.of()));
        assertThat(plain.site().origin().log().requests())
                .extracting(LoggedRequest::method, LoggedRequest::target)
                .containsExactly(
                        tuple("GET", "/?acl"),
                        tuple("GET", "/?policy"),
                        tuple("GET", "/?versioning"),
                        tuple("GET", "/?encryption"));
    }

    @Test
    void whatTheKeyMayNotAskIsTold() throws Exception {
        plain.site()
                .origin()
                .faults()
                .times(
                        4,
                        RequestMatcher.any(),
                        new Fault.EarlyAnswer(403, "AccessDenied", Fault.EarlyAnswer.Then.KEEP_READING));

        OnlineCheck.Findings findings = ask("plain", "", "");

        assertThat(findings.problems()).isEmpty();
        assertThat(findings.warnings()).hasSize(4).allSatisfy(warning -> assertThat(warning)
                .contains(": cannot tell, COS answers 403 AccessDenied"));
    }

    @Test
    void aKeyThatTheBucketDoesNotKnowIsAProblem() throws Exception {
        Files.writeString(directory.resolve("plain/wrong-key"), "anything else");

        OnlineCheck.Findings findings = ask("plain", "file:cos-key", "file:wrong-key");

        assertThat(findings.problems())
                .singleElement()
                .asString()
                .startsWith("origins[0]: bucket: " + TestSite.BUCKET + " answers 403 SignatureDoesNotMatch");
    }

    @Test
    void aBucketThatIsNotThereIsAProblem() throws Exception {
        plain.site()
                .origin()
                .faults()
                .next(
                        RequestMatcher.any(),
                        new Fault.EarlyAnswer(404, "NoSuchBucket", Fault.EarlyAnswer.Then.KEEP_READING));

        assertThat(ask("plain", "", "").problems()).singleElement().asString().contains("answers 404 NoSuchBucket");
    }

    @Test
    void whoDoesNotAnswerIsAProblem() throws Exception {
        assertThat(ask("plain", "http://127.0.0.1:\\d+", "http://127.0.0.1:1").problems())
                .singleElement()
                .asString()
                .contains("cannot be asked: ", "refused", "(expected: an answer from 127.0.0.1:1)");
        assertThat(ask("plain", "endpoint: http:", "endpoint: https:").problems())
                .singleElement()
                .asString()
                .contains("cannot be asked: ");
    }

    /** The first byte of an answer never comes. */
    @Test
    void whoIsSilentIsAProblem() throws Exception {
        plain.site().origin().faults().next(RequestMatcher.any(), new Fault.Stall());

        assertThat(ask("plain", "timeouts: .*", "timeouts: {connect: 200ms, first-byte: 300ms}")
                        .problems())
                .singleElement()
                .asString()
                .contains("cannot be asked: no answer within 500 ms");
    }

    @Test
    void aCertificateOfSomebodyElseIsAProblem() throws Exception {
        assertThat(ask("versioned", "https://localhost", "https://127.0.0.1").problems())
                .singleElement()
                .asString()
                .contains("cannot be asked: ");
    }

    @Test
    void withoutAKeyNobodyIsAsked() throws Exception {
        assertThat(ask("plain", "(?s)auth: sign\\s+credentials: .*?\n", "auth: forward\n", "uploads: .*", "")
                        .warnings())
                .singleElement()
                .asString()
                .startsWith("origins[0].auth: auth: forward");
        assertThat(plain.site().origin().log().requests()).isEmpty();
    }

    /** The site's own configuration with passages replaced. */
    private static OnlineCheck.Findings ask(String site, String... replacements) throws Exception {
        Path file = directory.resolve(site).resolve("sealgate.yaml");
        String yaml = Files.readString(file);
        for (int i = 0; i < replacements.length; i += 2) {
            yaml = replacements[i].isEmpty() ? yaml : yaml.replaceFirst(replacements[i], replacements[i + 1]);
        }
        Path changed = Files.writeString(file.resolveSibling("changed.yaml"), yaml);
        GatewayConfig config = new ConfigLoader(System::getenv)
                .load(ConfigSource.read(changed.toString(), InputStream.nullInputStream()))
                .config();
        return BucketInquiry.ask(config);
    }
}
