package io.sealgate.core.clients;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.Fleet;
import io.sealgate.core.config.ClientsConfig;
import io.sealgate.core.config.ClientsConfig.Anonymous;
import io.sealgate.core.config.ClientsConfig.FingerprintsConfig;
import io.sealgate.core.config.Problems;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientRuleTest {

    private static final ClientIdentity DEVICE = Fleet.device();
    private static final ClientIdentity NAMELESS = Fleet.device("CN=device-1");

    private final Problems problems = new Problems();
    private final AtomicReference<Fingerprints> list = new AtomicReference<>(Fingerprints.none());

    @Test
    void whoHasNoCertificateIsRefusedUnlessTheRouteSaysOtherwise() {
        assertThat(rule(ClientsConfig.of(null)).objection(new ClientIdentity.Anonymous()))
                .isEqualTo("anonymous");
        assertThat(rule(ClientsConfig.of(Anonymous.ALLOW)).objection(new ClientIdentity.Anonymous()))
                .isNull();
        assertThat(rule(ClientsConfig.of(null)).objection(DEVICE)).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CN=Fleet CA,O=Fleet |",
                "cn=Fleet CA, o=Fleet |",
                "CN=Fleet CA | issuer",
                "CN=Other CA,O=Fleet | issuer",
                "CN=fleet ca,O=Fleet | issuer"
            })
    void issuerMustBeNamed(String issuer, @Nullable String reason) {
        assertThat(objection(new ClientsConfig(null, List.of("CN=Another", issuer), null, null, null, null), DEVICE))
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "device-1.fleet.example,",
        "DEVICE-1.Fleet.Example,",
        "*.fleet.example,",
        "spare.fleet.example,",
        "*.example,san-dns",
        "fleet.example,san-dns",
        "*.device-1.fleet.example,san-dns",
        "*.evilfleet.example,san-dns"
    })
    void dnsNameMustMatch(String pattern, @Nullable String reason) {
        assertThat(objection(dns(pattern), DEVICE)).isEqualTo(reason);
    }

    @Test
    void wildcardInACertificateIsNobodysName() {
        ClientIdentity wildcard = Fleet.device("CN=x", new SubjectAltName(SubjectAltName.Type.DNS, "*.fleet.example"));
        assertThat(objection(dns("*.fleet.example"), wildcard)).isEqualTo("san-dns");
        assertThat(objection(dns("a.fleet.example"), wildcard)).isEqualTo("san-dns");
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://fleet/device-1,",
        "spiffe://fleet/*,",
        "spiffe://fleet/dev*,",
        "spiffe://fleet/DEVICE-1,san-uri",
        "spiffe://fleet/device-1*,san-uri",
        "urn:device:*,san-uri"
    })
    void uriMustMatch(String pattern, @Nullable String reason) {
        assertThat(objection(new ClientsConfig(null, null, null, List.of(pattern), null, null), DEVICE))
                .isEqualTo(reason);
    }

    @ParameterizedTest
    @CsvSource({
        "spiffe://fleet/*,",
        "spiffe://fleet/device-1,",
        "spiffe://fleet/device-1/*,spiffe",
        "spiffe://flee/*,spiffe",
        "spiffe://fleet,spiffe"
    })
    void spiffeIdMustMatch(String pattern, @Nullable String reason) {
        assertThat(objection(spiffe(pattern), DEVICE)).isEqualTo(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spiffe://fleet/../admin",
                "spiffe://fleet//admin",
                "spiffe://fleet/a/",
                "spiffe://FLEET/a",
                "SPIFFE://fleet/a",
                "spiffe://fleet/a?b",
                "spiffe://fleet/a%2Fb"
            })
    void malformedSpiffeIdIsNone(String uri) {
        assertThat(objection(
                        spiffe("spiffe://fleet/*"),
                        Fleet.device("CN=x", new SubjectAltName(SubjectAltName.Type.URI, uri))))
                .isEqualTo("spiffe");
    }

    @Test
    void secondUriMakesASpiffeIdNone() {
        ClientIdentity two = Fleet.device(
                "CN=x",
                new SubjectAltName(SubjectAltName.Type.URI, "spiffe://fleet/a"),
                new SubjectAltName(SubjectAltName.Type.URI, "spiffe://fleet/b"));
        assertThat(objection(spiffe("spiffe://fleet/*"), two)).isEqualTo("spiffe");
    }

    @Test
    void whoHasNoAlternativeNameMatchesNone() {
        assertThat(objection(dns("*.fleet.example"), NAMELESS)).isEqualTo("san-dns");
        assertThat(objection(spiffe("spiffe://fleet/*"), NAMELESS)).isEqualTo("spiffe");
    }

    @Test
    void everythingThatIsGivenMustHold() {
        ClientsConfig config = new ClientsConfig(
                null, List.of("CN=Fleet CA,O=Fleet"), List.of("*.fleet.example"), null, "spiffe://other/*", null);
        assertThat(objection(config, DEVICE)).isEqualTo("spiffe");
    }

    @Test
    void listsOfFingerprintsAreAskedAnewEachTime() {
        ClientRule allowed = rule(fingerprints(Path.of("list"), null));
        ClientRule denied = rule(fingerprints(null, Path.of("list")));
        assertThat(allowed.objection(DEVICE)).isEqualTo("fingerprint");
        assertThat(denied.objection(DEVICE)).isNull();
        list.set(new Fingerprints(Set.of("ab".repeat(32))));
        assertThat(allowed.objection(DEVICE)).isNull();
        assertThat(denied.objection(DEVICE)).isEqualTo("fingerprint");
    }

    @Test
    void patternsThatCannotWorkAreReportedWithTheirPath() {
        List<String> bad = new ArrayList<>(List.of("a.*.b", "*", "", "a..b"));
        rule(new ClientsConfig(
                Anonymous.ALLOW, List.of("no name"), bad, List.of("no uri", "spiffe://*/a"), "spiffe://fleet*", null));
        assertThat(problems.lines())
                .extracting(line -> line.substring(0, line.indexOf(": ")))
                .containsExactly(
                        "clients.issuers[0]",
                        "clients.san-dns[0]",
                        "clients.san-dns[1]",
                        "clients.san-dns[2]",
                        "clients.san-dns[3]",
                        "clients.san-uri[0]",
                        "clients.san-uri[1]",
                        "clients.spiffe",
                        "clients.anonymous");
    }

    @ParameterizedTest
    @CsvSource({
        "https://fleet.example*, true",
        "https://*, true",
        "https:/*, true",
        "https:*, true",
        "spiffe://fleet*, true",
        "https://device@fleet*, true",
        "https://fleet.example/*, false",
        "https://fleet.example?id=*, false",
        "urn:device:*, false",
        "https://fleet.example, false"
    })
    void aStarDoesNotStandWithinAHost(String pattern, boolean isRefused) {
        rule(new ClientsConfig(null, null, null, List.of(pattern), null, null));

        assertThat(problems.lines()).hasSize(isRefused ? 1 : 0);
    }

    /** The Kelvin sign folds to a k, but is none. */
    @Test
    void namesOfRulesAreAscii() {
        Problems problems = new Problems();
        ClientRuleCompiler.compile(
                dns("\u212Aube.example"), (file, found, path) -> Optional.of(Fingerprints::none), problems, "clients");

        assertThat(problems.lines()).singleElement().asString().startsWith("clients.san-dns[0]: san-dns: ");
    }

    @Test
    void listHasOneFingerprintOnALine() {
        String hex = "0123456789ABCDEF".repeat(4);
        String colons = hex.replaceAll("(..)(?!$)", "$1:");
        Fingerprints read = Fingerprints.parse(
                "# lost devices\n\n" + colons + " # device-1\r\n  " + "ab".repeat(32) + "\nab\n",
                "lost.txt",
                problems,
                "p");
        assertThat(read.values()).containsExactlyInAnyOrder(hex.toLowerCase(Locale.ROOT), "ab".repeat(32));
        assertThat(problems.lines()).singleElement().asString().startsWith("p: line 5 of lost.txt");
    }

    private static ClientsConfig dns(String pattern) {
        return new ClientsConfig(null, null, List.of(pattern), null, null, null);
    }

    private static ClientsConfig spiffe(String pattern) {
        return new ClientsConfig(null, null, null, null, pattern, null);
    }

    private static ClientsConfig fingerprints(@Nullable Path allow, @Nullable Path deny) {
        return new ClientsConfig(null, null, null, null, null, new FingerprintsConfig(allow, deny));
    }

    private @Nullable String objection(ClientsConfig config, ClientIdentity client) {
        ClientRule rule = rule(config);
        assertThat(problems.lines()).isEmpty();
        return rule.objection(client);
    }

    private ClientRule rule(ClientsConfig config) {
        return ClientRuleCompiler.compile(config, (file, found, path) -> Optional.of(list::get), problems, "clients");
    }
}
