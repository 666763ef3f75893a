package io.sealgate.app.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.IssuedCertificate;
import io.sealgate.certs.SubjectAltName;
import io.sealgate.origin.Headers;
import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.naming.ldap.LdapName;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What a route asks of clients' certificates, and what the origin learns of them: from the gateway, never from the client. */
class IdentityIT {

    private static final String NAME = "dev;ice=\"7\", gerät\\";

    private static final List<String> CLAIMS = List.of(
            "client-cert",
            "client-cert-chain",
            "x-forwarded-client-cert",
            "x-device-name",
            "x-device-id",
            "x-ssl-client-cn");

    @TempDir
    private static Path directory;

    private static Ground ground;
    private static IssuedCertificate device;

    @BeforeAll
    static void start() throws Exception {
        Path nobody = Files.writeString(directory.resolve("nobody.txt"), "# none of the fleet\n" + "ab".repeat(32));
        ground = Ground.start(directory, 1, site -> site.routes("""
                  - name: told
                    match: {hosts: [localhost], path: /told/**}
                    origin: cos
                    operations: [all]
                    identity:
                      headers: [client-cert, client-cert-chain, x-forwarded-client-cert]
                      by: "spiffe://edge/gateway"
                      custom: {x-device-name: "${client.cn}", x-device-id: "${client.spiffe}"}
                  - name: fleet
                    match: {hosts: [localhost], path: /fleet/**}
                    clients: {issuers: ["CN=Intermediate 1"], spiffe: "spiffe://fleet/*", san-dns: ["*.fleet.example"]}
                    origin: cos
                    operations: [all]
                  - name: listed
                    match: {hosts: [localhost], path: /listed/**}
                    clients: {fingerprints: {allow: '%s'}}
                    origin: cos
                    operations: [all]
                  - name: unlisted
                    match: {hosts: [localhost], path: /unlisted/**}
                    clients: {fingerprints: {deny: '%s'}}
                    origin: cos
                    operations: [all]
                  - name: everything
                    match: {hosts: [localhost]}
                    origin: cos
                    operations: [all]
                """.formatted(nobody, nobody)));
        device = ground.site().authority().descendant(1).issue(spec());
        for (String key : List.of("told/a", "fleet/a", "listed/a", "unlisted/a")) {
            ground.store(key, 10);
        }
    }

    @AfterAll
    static void stop() {
        ground.close();
    }

    @BeforeEach
    void startAfresh() {
        ground.site().origin().log().clear();
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void originIsToldWhoTheClientIs(Protocol protocol) throws Exception {
        Headers told = seenByTheOrigin(protocol, "/told/a", Map.of());

        assertThat(byteSequences(told.first("client-cert").orElseThrow()))
                .containsExactly(device.certificate().getEncoded());
        assertThat(byteSequences(told.first("client-cert-chain").orElseThrow()))
                .containsExactly(device.chain().get(1).getEncoded());
        assertThat(told.first("x-device-id")).contains("spiffe://fleet/device-7");
        assertThat(URLDecoder.decode(
                        told.first("x-device-name").orElseThrow().replace("+", "%2B"), StandardCharsets.UTF_8))
                .isEqualTo(NAME);
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void envoysHeaderReadsAsEnvoyWritesIt(Protocol protocol) throws Exception {
        Map<String, String> pairs = pairs(seenByTheOrigin(protocol, "/told/a", Map.of())
                .first("x-forwarded-client-cert")
                .orElseThrow());

        assertThat(pairs.keySet()).containsExactly("By", "Hash", "Subject", "URI", "DNS");
        assertThat(pairs)
                .containsEntry("By", "spiffe://edge/gateway")
                .containsEntry("Hash", sha256(device.certificate()))
                .containsEntry("URI", "spiffe://fleet/device-7")
                .containsEntry("DNS", "device-7.fleet.example");
        assertThat(new LdapName(pairs.get("Subject")))
                .isEqualTo(new LdapName(
                        device.certificate().getSubjectX500Principal().getName("RFC2253")));
    }

    @ParameterizedTest
    @EnumSource(Protocol.class)
    void whatTheClientSaysOfItselfIsGone(Protocol protocol) throws Exception {
        Map<String, String> claims = new LinkedHashMap<>();
        CLAIMS.forEach(name -> claims.put(name, "admin"));

        Headers told = seenByTheOrigin(protocol, "/told/a", claims);
        assertThat(CLAIMS)
                .allSatisfy(name -> assertThat(told.first(name).orElse("")).doesNotContain("admin"));

        ground.site().origin().log().clear();
        Headers untold = seenByTheOrigin(protocol, "/unlisted/a", claims);
        assertThat(CLAIMS).allSatisfy(name -> assertThat(untold.first(name)).isEmpty());
    }

    @Test
    void trailersTellTheOriginNothing() throws Exception {
        try (Http1Peer peer = Http1Peer.connect(
                ground.site().clientContext(device), ground.site().port())) {
            peer.raw("PUT /told/b HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n"
                    + "trailer: client-cert\r\n\r\n1\r\na\r\n0\r\nclient-cert: admin\r\nx-device-name: admin\r\n\r\n");
            assertThat(peer.answer().status()).isEqualTo(200);
        }
        Headers headers = ground.site().origin().log().requests().get(0).headers();
        assertThat(headers.first("client-cert").orElseThrow()).startsWith(":");
        assertThat(headers.first("x-device-name").orElseThrow()).doesNotContain("admin");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTP_1, /fleet/a, true", "HTTP_2, /fleet/a, true",
        "HTTP_1, /listed/a, false", "HTTP_2, /listed/a, false",
        "HTTP_1, /unlisted/a, true", "HTTP_2, /unlisted/a, true"
    })
    void clientIsServedWhereItsCertificateIsAskedFor(Protocol protocol, String path, boolean served) throws Exception {
        assertThat(get(protocol, device, path).status()).isEqualTo(served ? 200 : 403);
        assertThat(ground.site().origin().log().requests()).hasSize(served ? 1 : 0);
    }

    /** The same names, from another CA of the same trust. */
    @ParameterizedTest
    @EnumSource(Protocol.class)
    void namesOfAnotherIssuerAreOtherNames(Protocol protocol) throws Exception {
        IssuedCertificate namesake = ground.site().authority().issue(spec());
        PeerAnswer answer = get(protocol, namesake, "/fleet/a");

        Ground.assertOwnError(answer, 403, "AccessDenied", "policy");
        assertThat(ground.site().origin().log().requests()).isEmpty();
    }

    private static CertificateSpec spec() {
        return CertificateSpec.client(
                NAME, SubjectAltName.parse("spiffe://fleet/device-7"), SubjectAltName.parse("device-7.fleet.example"));
    }

    private static Headers seenByTheOrigin(Protocol protocol, String path, Map<String, String> headers)
            throws Exception {
        try (Peer peer = connect(protocol, device)) {
            assertThat(peer.exchange("GET", path, headers, new byte[0]).status())
                    .isEqualTo(200);
        }
        return ground.site().origin().log().requests().get(0).headers();
    }

    private static PeerAnswer get(Protocol protocol, IssuedCertificate certificate, String path) throws Exception {
        try (Peer peer = connect(protocol, certificate)) {
            return peer.get(path);
        }
    }

    private static Peer connect(Protocol protocol, IssuedCertificate certificate) throws Exception {
        var context = ground.site().clientContext(certificate);
        int port = ground.site().port();
        return protocol == Protocol.HTTP_1 ? Http1Peer.connect(context, port) : Http2Peer.connect(context, port);
    }

    /** RFC 8941 §4.2.7, for lists without parameters. */
    private static List<byte[]> byteSequences(String value) {
        return Arrays.stream(value.split(","))
                .map(String::strip)
                .map(item -> {
                    assertThat(item).matches(":[A-Za-z0-9+/=]*:");
                    return Base64.getDecoder().decode(item.substring(1, item.length() - 1));
                })
                .toList();
    }

    /** One element as Envoy describes it: pairs between semicolons, values in quotation marks if need be. */
    private static Map<String, String> pairs(String element) throws IOException {
        Map<String, String> pairs = new LinkedHashMap<>();
        int at = 0;
        while (at < element.length()) {
            int equals = element.indexOf('=', at);
            String key = element.substring(at, equals);
            StringBuilder value = new StringBuilder();
            at = equals + 1;
            boolean quoted = element.charAt(at) == '"';
            at += quoted ? 1 : 0;
            for (; at < element.length() && element.charAt(at) != (quoted ? '"' : ';'); at++) {
                boolean escaped = quoted && element.startsWith("\\\"", at);
                at += escaped ? 1 : 0;
                value.append(element.charAt(at));
            }
            at += quoted ? 2 : 1;
            if (pairs.put(key, value.toString()) != null) {
                throw new IOException("twice: " + key);
            }
        }
        return pairs;
    }

    private static String sha256(X509Certificate certificate) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(certificate.getEncoded()));
    }
}
