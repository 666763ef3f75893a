package io.sealgate.tls;

import static io.sealgate.core.spi.HandshakeRefusal.CRL_MISSING;
import static io.sealgate.core.spi.HandshakeRefusal.CRL_STALE;
import static io.sealgate.core.spi.HandshakeRefusal.REVOKED;
import static io.sealgate.tls.MutualTlsFixture.SERVER;
import static io.sealgate.tls.MutualTlsFixture.SERVER_ROOT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.RevocationList;
import io.sealgate.certs.Validity;
import io.sealgate.core.spi.HandshakeRefusal;
import io.sealgate.tls.revocation.CrlConfig;
import io.sealgate.tls.revocation.CrlConfig.Check;
import io.sealgate.tls.revocation.CrlConfig.WhenStale;
import io.sealgate.tls.revocation.RevocationConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a client sees of revocation: {@code device} of {@code issuing} of {@code root}, and others beside them. */
class RevocationIT {

    private static final CertificateAuthority ROOT = CertificateAuthority.root("Root");
    private static final CertificateAuthority ISSUING = ROOT.issueAuthority(CertificateSpec.authority("Issuing"));
    private static final IssuedCertificate DEVICE = ISSUING.issue(CertificateSpec.client("device"));

    /** Of the same name and serial as {@link #DEVICE}, from a CA of the same name as {@link #ISSUING} with another key. */
    private static final IssuedCertificate TWIN = ROOT.issueAuthority(CertificateSpec.authority("Issuing"))
            .issue(CertificateSpec.client("device").withSerial(DEVICE.serial()));

    /** Of the same serial as {@link #DEVICE}, from a CA beside {@link #ISSUING}. */
    private static final IssuedCertificate SIBLING = ROOT.issueAuthority(CertificateSpec.authority("Sibling"))
            .issue(CertificateSpec.client("device").withSerial(DEVICE.serial()));

    private static final Validity STALE_FOR_AN_HOUR = new Validity.Relative(Duration.ofDays(-1), Duration.ofHours(-1));

    private static final X509CRL ROOT_EMPTY = ROOT.sign(RevocationList.empty());
    private static final X509CRL ISSUING_EMPTY = ISSUING.sign(RevocationList.empty());
    private static final X509CRL ISSUING_STALE = ISSUING.sign(RevocationList.empty(), STALE_FOR_AN_HOUR);
    private static final X509CRL DEVICE_REVOKED = revoking(ISSUING, DEVICE.certificate());
    private static final X509CRL ISSUING_REVOKED = revoking(ROOT, ISSUING.certificate());
    private static final X509CRL DEVICE_REVOKED_STALE =
            ISSUING.sign(revocation(ISSUING, DEVICE.certificate()), STALE_FOR_AN_HOUR);

    private final BlockingQueue<String> staleAccepted = new LinkedBlockingQueue<>();

    @TempDir
    Path directory;

    /** What a listener goes by. */
    record Rules(Check check, WhenStale whenStale, Duration grace, List<X509CRL> crls) {

        static Rules of(Check check, X509CRL... crls) {
            return new Rules(check, WhenStale.REJECT, Duration.ofHours(24), List.of(crls));
        }

        Rules stale(WhenStale policy, Duration newGrace) {
            return new Rules(check, policy, newGrace, crls);
        }
    }

    static Stream<Arguments> refusals() {
        Rules leaf = Rules.of(Check.LEAF, ISSUING_STALE);
        return onBothVersions(
                Arguments.of("revoked leaf", Rules.of(Check.LEAF, DEVICE_REVOKED), DEVICE, REVOKED),
                Arguments.of("revoked leaf", Rules.of(Check.CHAIN, DEVICE_REVOKED, ROOT_EMPTY), DEVICE, REVOKED),
                Arguments.of(
                        "revoked intermediate", Rules.of(Check.CHAIN, ISSUING_EMPTY, ISSUING_REVOKED), DEVICE, REVOKED),
                Arguments.of(
                        "revoked intermediate", Rules.of(Check.CHAIN_IF_AVAILABLE, ISSUING_REVOKED), DEVICE, REVOKED),
                Arguments.of(
                        "revoked by a stale list",
                        Rules.of(Check.LEAF, DEVICE_REVOKED_STALE).stale(WhenStale.ACCEPT, Duration.ofDays(1)),
                        DEVICE,
                        REVOKED),
                Arguments.of("no list", Rules.of(Check.LEAF, ROOT_EMPTY), DEVICE, CRL_MISSING),
                Arguments.of(
                        "no list of an intermediate of the client's own",
                        Rules.of(Check.CHAIN, ROOT_EMPTY, ISSUING_EMPTY),
                        SIBLING,
                        CRL_MISSING),
                Arguments.of("stale", leaf, DEVICE, CRL_STALE),
                Arguments.of("grace is over", leaf.stale(WhenStale.GRACE, Duration.ofMinutes(59)), DEVICE, CRL_STALE));
    }

    @ParameterizedTest(name = "{0}, {4}")
    @MethodSource("refusals")
    void clientIsRefusedWithTheRightAlert(
            String name, Rules rules, IssuedCertificate identity, HandshakeRefusal refusal, String version)
            throws Exception {
        try (ReloadingTls tls = open(rules);
                EchoServer server = EchoServer.start(tls)) {
            JdkClient client = client(identity);
            assertThatThrownBy(() -> client.listen(server.port(), version))
                    .hasMessageContaining(refusal == REVOKED ? "certificate_revoked" : "certificate_unknown");
            assertThat(server.refusal()).isEqualTo(refusal);
            assertThat(staleAccepted).isEmpty();
        }
    }

    static Stream<Arguments> admissions() {
        return onBothVersions(
                Arguments.of("not revoked", Rules.of(Check.CHAIN, ROOT_EMPTY, ISSUING_EMPTY), DEVICE, null),
                Arguments.of(
                        "revoked intermediate, leaf only",
                        Rules.of(Check.LEAF, ISSUING_REVOKED, ISSUING_EMPTY),
                        DEVICE,
                        null),
                Arguments.of("no list at all", Rules.of(Check.CHAIN_IF_AVAILABLE, ROOT_EMPTY), DEVICE, null),
                Arguments.of(
                        "same serial of a sibling",
                        Rules.of(Check.CHAIN_IF_AVAILABLE, ROOT_EMPTY, DEVICE_REVOKED),
                        SIBLING,
                        null),
                Arguments.of(
                        "same serial of a CA of the same name",
                        Rules.of(Check.CHAIN_IF_AVAILABLE, ROOT_EMPTY, DEVICE_REVOKED),
                        TWIN,
                        null),
                Arguments.of(
                        "within the grace",
                        Rules.of(Check.LEAF, ISSUING_STALE).stale(WhenStale.GRACE, Duration.ofHours(2)),
                        DEVICE,
                        "CN=Issuing"),
                Arguments.of(
                        "however stale",
                        Rules.of(Check.LEAF, ISSUING_STALE).stale(WhenStale.ACCEPT, Duration.ofMillis(1)),
                        DEVICE,
                        "CN=Issuing"));
    }

    @ParameterizedTest(name = "{0}, {4}")
    @MethodSource("admissions")
    void clientIsLetIn(
            String name, Rules rules, IssuedCertificate identity, @Nullable String staleAuthority, String version)
            throws Exception {
        try (ReloadingTls tls = open(rules);
                EchoServer server = EchoServer.start(tls)) {
            client(identity).echo(server.port(), version);
            server.success();
            assertThat(staleAccepted)
                    .containsExactlyElementsOf(staleAuthority == null ? List.of() : List.of(staleAuthority));
        }
    }

    private static Stream<Arguments> onBothVersions(Arguments... cases) {
        return Stream.of(cases).flatMap(one -> Stream.of("TLSv1.2", "TLSv1.3").map(version -> {
            List<Object> all = new ArrayList<>();
            for (Object argument : one.get()) {
                all.add(argument);
            }
            all.add(version);
            return Arguments.of(all.toArray());
        }));
    }

    private ReloadingTls open(Rules rules) throws Exception {
        List<Path> files = new ArrayList<>();
        for (X509CRL crl : rules.crls()) {
            files.add(Files.write(directory.resolve(files.size() + ".crl"), crl.getEncoded()));
        }
        Path bundle = Issued.pem(directory.resolve("clients.pem"), ROOT.certificate(), ISSUING.certificate());
        CrlConfig crl = new CrlConfig(files, rules.check(), rules.whenStale(), rules.grace());
        TlsConfig config = new TlsConfig(
                TlsConfig.Version.TLS_1_2,
                List.of(SERVER.write(directory, "server")),
                TlsConfig.ClientAuthentication.REQUIRE,
                TrustConfig.of(bundle),
                new RevocationConfig(crl),
                TlsConfig.Resumption.NONE);
        return TestTls.open(
                config, MutualTlsFixture.PROTOCOLS, Duration.ofSeconds(10), InstantSource.system(), staleAccepted::add);
    }

    private static JdkClient client(IssuedCertificate identity) throws Exception {
        return JdkClient.of(SERVER_ROOT, new Issued(identity.privateKey(), identity.chain()));
    }

    private static X509CRL revoking(CertificateAuthority authority, X509Certificate certificate) {
        return authority.sign(revocation(authority, certificate));
    }

    private static RevocationList revocation(CertificateAuthority authority, X509Certificate certificate) {
        return RevocationList.empty().with(authority.revocationOf(certificate));
    }
}
