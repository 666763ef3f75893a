package io.sealgate.app.config;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.certs.Validity;
import io.sealgate.certs.WriteMode;
import io.sealgate.core.config.ClientsConfig.Anonymous;
import io.sealgate.tls.UpstreamTlsConfig;
import io.sealgate.tls.UpstreamTlsConfig.BundleTrust;
import io.sealgate.tls.revocation.CrlConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigLoaderTest {

    private static final String LISTENER = """
                bind: "[::1]:0"
                protocols: [http/1.1]
                limits: {idle-timeout: 24h, handshake-timeout: 500ms, header-size: 64KiB, connections: 7}
            """;

    private static final String ROUTE = """
                operations: [read, PutObject]
                match: {path: /telemetry/**, hosts: ["*.example.com"], methods: [GET, PUT]}
                encryption: {mode: sse-kms, key-id: key-1, context: {fleet: eu}, when-client-sends: replace}
                integrity: {upload: {content-md5: none}, download: {crc64: verify}}
                uploads: {max-size: 5MiB}
            """;

    private static final String SECOND_ORIGIN =
            "  - {name: cos, bucket: examplebucket-1250000000, region: ap-guangzhou, auth: forward}\n";

    @TempDir
    static Path directory;

    static ConfigFixture fixture;

    @BeforeAll
    static void makeCertificates() throws IOException {
        fixture = ConfigFixture.in(directory);
    }

    @Test
    void smallestConfigurationIsCompletedWithSafeDefaults() throws ConfigException {
        GatewayConfig config = fixture.load(ConfigFixture.with("management: {bind: \"127.0.0.1:0\"}\n", ""))
                .config();

        assertThat(config.management().bind()).hasToString("127.0.0.1:9901");
        assertThat(config.runtime().eventLoops()).hasToString("auto");
        ListenerConfig listener = config.listeners().get(0);
        assertThat(listener.protocols()).extracting(Object::toString).containsExactly("h2", "http/1.1");
        assertThat(listener.limits().idleTimeout()).isEqualTo(Duration.ofSeconds(60));
        assertThat(config.origins().get(0).endpointOrDefault())
                .hasToString("https://examplebucket-1250000000.cos.ap-guangzhou.myqcloud.com:443");
        assertThat(config.routes().get(0).clients().anonymous()).isEqualTo(Anonymous.DENY);
    }

    @Test
    void everyKindOfValueIsRead() throws ConfigException {
        GatewayConfig config = fixture.load(ConfigFixture.good()
                        .replace("    bind: 127.0.0.1:0\n", LISTENER)
                        .replace("    auth: sign", "    endpoint: http://127.0.0.1:9000\n    auth: sign")
                        .replace("    operations: [read, write]\n", ROUTE))
                .config();

        ListenerConfig listener = config.listeners().get(0);
        assertThat(listener.bind().isLocal()).isTrue();
        assertThat(listener.protocols()).hasToString("[http/1.1]");
        assertThat(listener.limits().idleTimeout()).isEqualTo(Duration.ofHours(24));
        assertThat(listener.limits().handshakeTimeout()).isEqualTo(Duration.ofMillis(500));
        assertThat(listener.limits().headerSize()).hasToString("64KiB");
        assertThat(config.origins().get(0).endpointOrDefault()).isEqualTo(new Endpoint(false, "127.0.0.1", 9000));
        assertThat(config.routes().get(0).encryption().context()).containsEntry("fleet", "eu");
        assertThat(config.routes().get(0).uploads().maxSizeOrDefault()).hasToString("5MiB");
    }

    @ParameterizedTest(name = "{2}")
    @CsvSource(delimiter = '|', quoteCharacter = '"', textBlock = """
            version: 1                   | version: 2               | c.yaml:1: version: version: 2 (expected: 1)
            version: 1                   | version: '1'             | c.yaml:1: version: value: 1 (expected: a whole number)
            bind: 127.0.0.1:0            | bnd: 127.0.0.1:0         | c.yaml:4: listeners[0].bnd: unknown key (expected: bind, limits, name, protocols, proxy-protocol, tls)
            bind: 127.0.0.1:0            | bind: "127.0.0.1"        | c.yaml:4: listeners[0].bind: address: 127.0.0.1 (expected: host:port, such as 127.0.0.1:8443 or [::]:8443)
            bind: 127.0.0.1:0            | protocols: [h3]          | c.yaml:4: listeners[0].protocols[0]: word: h3 (expected: h2 or http/1.1)
            bind: 127.0.0.1:0            | protocols: h2            | c.yaml:4: listeners[0].protocols: value: h2 (expected: a list)
            bind: 127.0.0.1:0            | limits: 5                | c.yaml:4: listeners[0].limits: value: 5 (expected: a section)
            bind: 127.0.0.1:0            | limits: {idle-timeout: 10} | c.yaml:4: listeners[0].limits.idle-timeout: value: 10 (expected: a number with ms, s, m, h or d, such as 10s)
            bind: 127.0.0.1:0            | limits: {idle-timeout: 0s} | c.yaml:4: listeners[0].limits.idle-timeout: duration: 0ms (expected: > 0)
            bind: 127.0.0.1:0            | limits: {header-size: 1KB} | c.yaml:4: listeners[0].limits.header-size: size: 1KB (expected: a number with B, KiB, MiB, GiB or TiB)
            bind: 127.0.0.1:0            | limits: {connections: many} | c.yaml:4: listeners[0].limits.connections: value: many (expected: a whole number)
            bind: 127.0.0.1:0            | limits:                  | c.yaml:3: listeners[0].limits: empty (expected: a value; leave the key out for its default)
            bind: 127.0.0.1:0            | proxy-protocol: {mode: always} | c.yaml:4: listeners[0].proxy-protocol.mode: word: always (expected: none or accept or require)
            bind: 127.0.0.1:0            | proxy-protocol: {mode: accept} | c.yaml:4: listeners[0].proxy-protocol.trusted: trusted: [] (expected: the addresses of the load balancers, because mode is accept)
            bind: 127.0.0.1:0            | "proxy-protocol: {mode: accept, trusted: [lb.example.com/32]}" | c.yaml:4: listeners[0].proxy-protocol.trusted[0]: block: lb.example.com/32 (expected: a block such as 10.0.0.0/8 or 2001:db8::/32)
            bind: 127.0.0.1:0            | "proxy-protocol: {mode: accept, trusted: [10.0.0.1/8]}" | c.yaml:4: listeners[0].proxy-protocol.trusted[0]: block: 10.0.0.1/8 (expected: 10.0.0.0/8, no bits behind the prefix)
            key: server.key              | key: other.key           | c.yaml:7: listeners[0].tls.certificates[0].key
            chain: server.pem            | chain: absent.pem        | c.yaml:7: listeners[0].tls.certificates[0].chain
            trust: {bundle: [ca.pem]}    | client-auth: yes         | c.yaml:8: listeners[0].tls.client-auth: value: yes (expected: require or request or none)
            trust: {bundle: [ca.pem]}    | cipher-suites: [TLS_RSA_WITH_AES_128_CBC_SHA] | c.yaml:8: listeners[0].tls.cipher-suites[0]: word: TLS_RSA_WITH_AES_128_CBC_SHA (expected: TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 or TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256 or TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384 or TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384 or TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256 or TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256)
            trust: {bundle: [ca.pem]}    | groups: [ffdhe2048]      | c.yaml:8: listeners[0].tls.groups[0]: word: ffdhe2048 (expected: X25519MLKEM768 or x25519 or secp256r1 or secp384r1 or secp521r1)
            trust: {bundle: [ca.pem]}    | groups: [X25519MLKEM768] | c.yaml:8: listeners[0].tls.groups: groups: [X25519MLKEM768] (expected: one for TLSv1.2 too, or min-version TLSv1.3)
            trust: {bundle: [ca.pem]}    | cipher-suites: [TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384] | c.yaml:7: listeners[0].tls.certificates[0]: certificate:
            trust: {bundle: [ca.pem]}    | expiry-notice: {within: 30} | c.yaml:8: listeners[0].tls.expiry-notice.within: value: 30 (expected: a number with ms, s, m, h or d, such as 10s)
            trust: {bundle: [ca.pem]}    | expiry-notice: {within: 0s} | c.yaml:8: listeners[0].tls.expiry-notice.within: within: 0ms (expected: > 0)
            trust: {bundle: [ca.pem]}    | client-auth: true        | c.yaml:8: listeners[0].tls.client-auth: value: true (expected: require or request or none)
            trust: {bundle: [ca.pem]}    | "revocation: {stapling: none}" | c.yaml:8: listeners[0].tls.revocation.stapling: unknown key (expected: crl, deadline, fetch, ocsp, on-revocation)
            trust: {bundle: [ca.pem]}    | "revocation: {ocsp: {mode: maybe}}" | c.yaml:8: listeners[0].tls.revocation.ocsp.mode: word: maybe (expected: none or soft or hard)
            trust: {bundle: [ca.pem]}    | "revocation: {crl: {points: x}}" | c.yaml:8: listeners[0].tls.revocation.crl.points: unknown key (expected: check, distribution-points, files, grace, urls, when-stale)
            trust: {bundle: [ca.pem]}    | "revocation: {crl: {check: all}}" | c.yaml:8: listeners[0].tls.revocation.crl.check: word: all (expected: leaf or chain or chain-if-available)
            trust: {bundle: [ca.pem]}    | "revocation: {crl: {when-stale: warn}}" | c.yaml:8: listeners[0].tls.revocation.crl.when-stale: word: warn (expected: reject or grace or accept)
            trust: {bundle: [ca.pem]}    | "revocation: {crl: {grace: 1}}" | c.yaml:8: listeners[0].tls.revocation.crl.grace: value: 1 (expected: a number with ms, s, m, h or d, such as 10s)
            bucket: examplebucket-1250000000 | bucket: Example      | c.yaml:11: origins[0].bucket: bucket: Example (expected: name and appid, such as examplebucket-1250000000)
            auth: sign                   | auth: signed             | c.yaml:13: origins[0].auth: word: signed (expected: sign or forward)
            auth: sign                   | auth: forward            | c.yaml:14: origins[0].credentials: credentials: present (expected: none, because auth is forward)
            secret-key: file:cos-key     | secret-key: file:absent  | c.yaml:14: origins[0].credentials.secret-key: secret: file:absent (expected: a readable text file)
            secret-id: env:COS_SECRET_ID | secret-id: env:ABSENT    | c.yaml:14: origins[0].credentials.secret-id: secret: env:ABSENT (expected: a variable that is set)
            type: static                 | type: sts                | c.yaml:14: origins[0].credentials.type: word: sts (expected: static)
            auth: sign                   | "tls: {trust: {}}"       | c.yaml:13: origins[0].tls.trust: value: a section (expected: system or a list)
            auth: sign                   | "tls: {trust: ca.pem}"   | c.yaml:13: origins[0].tls.trust: value: ca.pem (expected: system or a list)
            auth: sign                   | "tls: {trust: []}"       | c.yaml:13: origins[0].tls.trust: trust: empty (expected: system, or at least one PEM file with CA certificates)
            auth: sign                   | "tls: {cipher-suites: []}" | c.yaml:13: origins[0].tls.cipher-suites: cipher-suites: none (expected: at least one)
            auth: sign                   | "tls: {trust: [5]}"      | c.yaml:13: origins[0].tls.trust[0]: value: 5 (expected: a path)
            origin: cos                  | origin: other            | c.yaml:17: routes[0].origin: origin: other (expected: the name of an origin)
            origin: cos                  | polices: [own-prefix]     | c.yaml:17: routes[0].polices: unknown key (expected: clients, encryption, identity, integrity, keys, match, name, operations, origin, policies, policy, uploads)
            operations: [read, write]    | operations: [fly]        | c.yaml:18: routes[0].operations: operation: fly (expected: read, write, copy, delete, list, tagging, acl, restore, lock, configuration, all or a name such as PutObject)
            operations: [read, write]    | operations: [[read]]     | c.yaml:18: routes[0].operations[0]: value: a list (expected: text, in quotes if need be)
            operations: [read, write]    | "match: {path: telemetry}" | c.yaml:18: routes[0].match.path: path: telemetry (expected: it starts with /)
            operations: [read, write]    | "match: {addressing: virtual}" | c.yaml:18: routes[0].match.addressing: word: virtual (expected: host or path)
            operations: [read, write]    | "match: {addressing: path}" | c.yaml:18: routes[0].match.addressing: addressing: path (expected: host, or hosts that are addressed so)
            operations: [read, write]    | "match: {listeners: [x]}" | c.yaml:18: routes[0].match.listeners[0]: listener: x (expected: the name of a listener)
            operations: [read, write]    | "uploads: {forbid-overwrite: maybe}" | c.yaml:18: routes[0].uploads.forbid-overwrite: word: maybe (expected: false or true or head-first)
            operations: [read, write]    | "policy: {reveal: yes}" | c.yaml:18: routes[0].policy.reveal: value: yes (expected: true or false)
            operations: [read, write]    | "policy: {reveal: on}" | c.yaml:18: routes[0].policy.reveal: value: on (expected: true or false)
            operations: [read, write]    | "policy: {reveal: no}" | c.yaml:18: routes[0].policy.reveal: value: no (expected: true or false)
            operations: [read, write]    | "policy: {reveal: True}" | c.yaml:18: routes[0].policy.reveal: value: True (expected: true or false)
            operations: [read, write]    | "encryption: {mode: sse-c}" | c.yaml:18: routes[0].encryption.mode: word: sse-c (expected: none or sse-cos or sse-kms)
            operations: [read, write]    | "integrity: {upload: {on-corrupt-store: delete}}" | c.yaml:18: routes[0].integrity.upload.on-corrupt-store: word: delete (expected: report or delete-version)
            operations: [read, write]    | "integrity: {upload: {on-corrupt-store: delete-version, crc64: none}}" | c.yaml:18: routes[0].integrity.upload.on-corrupt-store: on-corrupt-store: delete-version (expected: report, or crc64: verify to find it out)
            name: telemetry              | "name: a b"              | c.yaml:16: routes[0].name: name: a b (expected: up to 63 letters, digits, dots, hyphens, underscores)
            """)
    void aMistakeIsReportedWithItsPlaceAndWhatWasExpected(String passage, String replacement, String problem) {
        List<String> problems = fixture.problems(ConfigFixture.with(passage, replacement));

        assertThat(problems).anySatisfy(line -> assertThat(line).startsWith(problem));
    }

    @Test
    void revocationListsAreReadAndTheirTroublesLocated() throws ConfigException {
        String files =
                "\n      revocation: {crl: {files: [%s], check: chain-if-available, when-stale: grace, grace: 1h}}";
        String trust = "trust: {bundle: [ca.pem]}";

        CrlConfig crl = fixture.load(ConfigFixture.with(trust, trust + files.formatted("ca.crl")))
                                .config()
                                .listeners()
                                .get(0)
                                .tls()
                        instanceof ListenerTls.Terminated tls
                ? requireNonNull(requireNonNull(tls.config().revocation()).crl())
                : fail("no TLS");
        List<String> problems =
                fixture.problems(ConfigFixture.with(trust, trust + files.formatted("ca.crl, gone.crl")));

        assertThat(crl.files()).containsExactly(directory.resolve("ca.crl"));
        assertThat(crl.check()).isEqualTo(CrlConfig.Check.CHAIN_IF_AVAILABLE);
        assertThat(crl.whenStale()).isEqualTo(CrlConfig.WhenStale.GRACE);
        assertThat(crl.grace()).isEqualTo(Duration.ofHours(1));
        assertThat(problems)
                .singleElement()
                .asString()
                .startsWith("c.yaml:9: listeners[0].tls.revocation.crl.files[1]: ");
    }

    @Test
    void allMistakesAreReportedAtOnceInTheOrderOfTheFile() {
        List<String> problems = fixture.problems(ConfigFixture.good()
                .replace("version: 1", "version: 3")
                .replace("bind: 127.0.0.1:0", "bind: nowhere")
                .replace("region: ap-guangzhou", "region: AP")
                .replace("origin: cos", "origin: x"));

        assertThat(problems)
                .extracting(line -> line.replaceFirst("(c\\.yaml:\\d+: [^:]+):.*", "$1"))
                .containsExactly(
                        "c.yaml:1: version",
                        "c.yaml:4: listeners[0].bind",
                        "c.yaml:12: origins[0].region",
                        "c.yaml:17: routes[0].origin");
    }

    @Test
    void aKeyGivenTwiceIsAMistake() {
        assertThat(fixture.problems(ConfigFixture.good() + "management: {bind: \"127.0.0.1:1\"}\n"))
                .containsExactly("c.yaml:19: management: given twice (expected: once; again on line 20)");
    }

    @Test
    void sectionsThatMustBeThereAreNamed() {
        assertThat(fixture.problems("version: 1\n"))
                .containsExactly(
                        "c.yaml:1: listeners: missing (expected: at least one)",
                        "c.yaml:1: origins: missing (expected: at least one)",
                        "c.yaml:1: routes: missing (expected: at least one)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            ''                | c.yaml:1: configuration: empty
            '- a'             | c.yaml:1: configuration: not a section
            'a: [1'           | c.yaml:1: YAML: while parsing a flow sequence
            'a: &x 1\nb: *x'  | c.yaml:1: b: alias
            """)
    void whatIsNoSingleSectionIsRefusedInOneLine(String text, String problem) {
        List<String> problems = fixture.problems(text.replace("\\n", "\n"));

        assertThat(problems).anySatisfy(line -> assertThat(line).startsWith(problem));
        assertThat(problems).allSatisfy(line -> assertThat(line).doesNotContain("\n"));
    }

    @Test
    void aSecondDocumentIsRefused() {
        assertThat(fixture.problems(ConfigFixture.good() + "---\nversion: 1\n"))
                .singleElement()
                .asString()
                .contains("a second one");
    }

    @ParameterizedTest
    @CsvSource({
        "secret-key: topsecretvalue",
        "secret-key: 123456789",
        "secret-key: [topsecretvalue]",
        "secret-key: @topsecretvalue"
    })
    void aSecretWrittenIntoTheFileIsRefusedAndNotRepeated(String line) {
        List<String> problems = fixture.problems(ConfigFixture.with("secret-key: file:cos-key", line));

        assertThat(problems).isNotEmpty();
        assertThat(String.join("\n", problems)).doesNotContain("topsecretvalue").doesNotContain("123456789");
    }

    @Test
    void namesMustNotBeUsedTwice() {
        String origins = ConfigFixture.with("routes:\n", SECOND_ORIGIN + "routes:\n");

        assertThat(fixture.problems(origins))
                .anySatisfy(line -> assertThat(line).contains("origins[1].name: name: cos (expected: one of its own)"));
    }

    @Test
    void encryptionIsRefusedWhereTheClientSigns() {
        String forwarding = ConfigFixture.good()
                .replace("auth: sign", "auth: forward")
                .replaceFirst("(?m)^    credentials:.*\n", "")
                .replace("operations: [read, write]", "operations: [write]\n    encryption: {mode: sse-cos}");

        assertThat(fixture.problems(forwarding)).singleElement().asString().contains("routes[0].encryption");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            clients: {issuers: [Fleet]}                    | clients.issuers[0]: issuer: Fleet
            clients: {san-dns: [a.*.b]}                    | clients.san-dns[0]: san-dns: a.*.b
            clients: {spiffe: fleet}                       | clients.spiffe: spiffe: fleet
            clients: {fingerprints: {deny: absent.txt}}    | clients.fingerprints.deny: file:
            clients: {fingerprints: {allow: cos-key}}      | clients.fingerprints.allow: line 1 of
            identity: {headers: [xfcc]}                    | identity.headers[0]: word: xfcc
            identity: {by: gateway}                        | identity.by: by: gateway
            identity: {custom: {x-cos-meta-a: a}}          | identity.custom.x-cos-meta-a: header: x-cos-meta-a
            identity: {custom: {x-a: "${client.key}"}}     | identity.custom.x-a: variable: client.key
            """)
    void aMistakeAboutClientsIsReportedWithItsPath(String section, String problem) {
        String text = ConfigFixture.with("operations: [read, write]", section + "\n    operations: [read, write]");

        assertThat(fixture.problems(text)).singleElement().asString().contains("routes[0]." + problem);
    }

    @Test
    void nothingIsAddedToWhatTheClientSigned() {
        String forwarding = ConfigFixture.good()
                .replace("auth: sign", "auth: forward")
                .replaceFirst("(?m)^    credentials:.*\n", "")
                .replace("operations: [read, write]", "operations: [write]\n    identity: {headers: [client-cert]}");

        assertThat(fixture.problems(forwarding)).singleElement().asString().contains("routes[0].identity: identity: ");
    }

    @Test
    void anOriginIsTrustedByTheSystemOrByTheFilesThatAreNamed() throws ConfigException {
        String one = ConfigFixture.with("auth: sign", "tls: {trust: system}\n    auth: sign");
        String two = ConfigFixture.with("auth: sign", "tls: {trust: [ca.pem, server.pem]}\n    auth: sign");

        assertThat(upstreamTls(one)).isEqualTo(UpstreamTlsConfig.defaults());
        assertThat(upstreamTls(two))
                .isEqualTo(new UpstreamTlsConfig(
                        new BundleTrust(List.of(directory.resolve("ca.pem"), directory.resolve("server.pem"))), null));
    }

    private static @Nullable UpstreamTlsConfig upstreamTls(String text) throws ConfigException {
        return fixture.load(text).config().origins().get(0).tls();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            absent.pem   | (expected: a file that exists)
            .            | (expected: a file, not a directory)
            cos-key      | (expected: PEM certificates)
            server.key   | (expected: PEM certificates)
            """)
    void anUnusableTrustFileIsRefusedInOneLineThatNamesIt(String file, String expected) {
        String text = ConfigFixture.with("auth: sign", "tls: {trust: [ca.pem, " + file + "]}\n    auth: sign");

        assertThat(fixture.problems(text))
                .singleElement()
                .asString()
                .startsWith("c.yaml:13: origins[0].tls.trust[1]: ")
                .contains(directory.resolve(file).toString())
                .endsWith(expected);
    }

    @Test
    void plainListenersAreForLoopbackOnly() {
        String plain = ConfigFixture.good()
                .replaceFirst("(?s)    tls:.*?origins:", "    tls: none\norigins:")
                .replace("operations: [read", "clients: {anonymous: allow}\n    operations: [read");

        assertThat(fixture.problems(plain)).isEmpty();
        assertThat(fixture.problems(plain.replaceFirst("127.0.0.1:0", "0.0.0.0:0")))
                .containsExactly(
                        "c.yaml:5: listeners[0].tls: tls: none (expected: a tls section, because 0.0.0.0:0 is not loopback)");
    }

    @Test
    void plainListenersMayBeOnAUnixSocket() throws ConfigException {
        String plain = onAUnixSocket("unix:run/app.sock", "tls: none");

        GatewayConfig config = fixture.load(plain).config();

        assertThat(config.listeners().get(0).bind())
                .hasToString("unix:" + directory.resolve("run/app.sock").toAbsolutePath());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            unix:      | tls: none | c.yaml:4: listeners[0].bind: socket: unix: (expected: unix:/run/sealgate/app.sock)
            unix:/run/ | tls: none | c.yaml:4: listeners[0].bind: socket: unix:/run/ (expected: unix:/run/sealgate/app.sock)
            unix:/a    | tls: {certificates: [{chain: server.pem, key: server.key}], client-auth: none} | c.yaml:5: listeners[0].tls: tls: a section (expected: none, because bind is a unix socket)
            unix:/a    | 'tls: none\n    proxy-protocol: {mode: accept, trusted: [10.0.0.0/8]}' | c.yaml:6: listeners[0].proxy-protocol.mode: mode: accept (expected: none, because clients of a unix socket have no address)
            """)
    void aUnixSocketHasAPathAndNothingThatNeedsAddresses(String bind, String tls, String problem) {
        assertThat(fixture.problems(onAUnixSocket('"' + bind + '"', tls.replace("\\n", "\n"))))
                .containsExactly(problem);
    }

    @Test
    void aPathThatNoUnixSocketCanHaveIsAMistake() {
        String path = "/run/" + "x".repeat(103);

        assertThat(fixture.problems(onAUnixSocket("unix:" + path, "tls: none")))
                .containsExactly(
                        "c.yaml:4: listeners[0].bind: socket: " + path + " is 108 bytes (expected: at most 107)");
        assertThat(fixture.problems(onAUnixSocket("unix:" + path.substring(0, 107), "tls: none")))
                .isEmpty();
    }

    private static String onAUnixSocket(String bind, String tls) {
        return ConfigFixture.good()
                .replace("bind: 127.0.0.1:0\n", "bind: " + bind + '\n')
                .replaceFirst("(?s)    tls:.*?origins:", "    " + tls + "\norigins:")
                .replace("operations: [read", "clients: {anonymous: allow}\n    operations: [read");
    }

    @Test
    void aSectionIsNotReplacedByJustAnyWord() {
        String word = ConfigFixture.good().replaceFirst("(?s)    tls:.*?origins:", "    tls: nothing\norigins:");

        assertThat(fixture.problems(word))
                .containsExactly("c.yaml:5: listeners[0].tls: value: nothing (expected: none or a section)");
    }

    @Test
    void aRouteThatNobodyCanUseIsAMistake() {
        String unreachable = ConfigFixture.with("trust: {bundle: [ca.pem]}", "client-auth: none");

        assertThat(fixture.problems(unreachable))
                .singleElement()
                .asString()
                .contains("routes[0].clients.anonymous: anonymous: deny (expected: allow");
    }

    @Test
    void lendingTheGatewaysKeyToStrangersIsAWarning() throws ConfigException {
        String open = ConfigFixture.good()
                .replace("trust: {bundle: [ca.pem]}", "client-auth: request\n      trust: {bundle: [ca.pem]}")
                .replace("operations: [read", "clients: {anonymous: allow}\n    operations: [read");

        assertThat(fixture.load(open).warnings())
                .singleElement()
                .asString()
                .contains("routes[0].clients.anonymous: anonymous: allow");
    }

    @Test
    void believingEverybodysProxyHeadersIsAWarning() throws ConfigException {
        String credulous = ConfigFixture.with(
                "bind: 127.0.0.1:0",
                "bind: 127.0.0.1:0\n    proxy-protocol: {mode: accept, trusted: [10.0.0.0/8, 0.0.0.0/0]}");

        assertThat(fixture.load(credulous).warnings())
                .containsExactly("c.yaml:5: listeners[0].proxy-protocol.trusted: trusted: [10.0.0.0/8, 0.0.0.0/0]"
                        + " (whoever reaches this listener can claim any client address)");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            '[192.0.2.1/32]'            |
            '[192.0.2.1/32, "::/0"]'    | whoever reaches this listener can fill it before any handshake is over
            '[0.0.0.0/0]'               | whoever reaches this listener can fill it before any handshake is over
            """)
    void takingSharesFromEveryAddressIsAWarning(String blocks, @Nullable String warning) throws ConfigException {
        List<String> warnings = fixture.load(ConfigFixture.with(
                        "bind: 127.0.0.1:0", "bind: 127.0.0.1:0\n    limits: {shared-addresses: " + blocks + "}"))
                .warnings();

        String text = "c.yaml:5: listeners[0].limits.shared-addresses: shared-addresses: " + blocks.replace("\"", "")
                + " (" + warning + ")";
        assertThat(warnings).isEqualTo(warning == null ? List.of() : List.of(text));
    }

    @Test
    void sharedAddressesWithoutTlsAreAWarning() throws ConfigException {
        String plain = ConfigFixture.good()
                .replace(
                        "origins:\n",
                        "  - {name: inside, bind: \"127.0.0.1:0\", tls: none, protocols: [http/1.1],"
                                + " limits: {shared-addresses: [10.0.0.0/8]}}\norigins:\n");

        assertThat(fixture.load(plain).warnings())
                .singleElement()
                .asString()
                .contains("shared-addresses: [10.0.0.0/8] (no effect: without tls");
    }

    @Test
    void certificateThatEndsSoonIsAWarning() throws Exception {
        CertificateSpec ending = CertificateSpec.server("ending", SubjectAltName.dns("localhost"))
                .withValidity(new Validity.Relative(Duration.ofDays(-100), Duration.ofDays(29)));
        IssuedCertificate issued = fixture.authority().issue(ending);
        issued.writeChain(directory.resolve("ending.pem"), WriteMode.CREATE);
        issued.writeKey(directory.resolve("ending.key"), WriteMode.CREATE);
        String text = ConfigFixture.with("server.pem, key: server.key", "ending.pem, key: ending.key");

        assertThat(fixture.load(text).warnings())
                .singleElement()
                .asString()
                .startsWith("c.yaml:7: listeners[0].tls.certificates[0].chain: certificate: CN=ending, valid until ")
                .endsWith("(expected: 30 days or more from now)");
    }

    @Test
    void managementThatIsOpenToOthersIsAWarning() throws ConfigException {
        String open = ConfigFixture.with("management: {bind: \"127.0.0.1:0\"}", "management: {bind: \"0.0.0.0:9901\"}");

        assertThat(fixture.load(open).warnings()).singleElement().asString().contains("management.bind");
    }

    @Test
    void twoListenersOnOneAddressAreAMistake() {
        String twice = ConfigFixture.with("bind: 127.0.0.1:0", "bind: 127.0.0.1:9901")
                .replace("management: {bind: \"127.0.0.1:0\"}\n", "");

        assertThat(fixture.problems(twice))
                .singleElement()
                .asString()
                .contains("management.bind: bind: 127.0.0.1:9901 (expected: not the address of listeners[0].bind)");
    }
}
