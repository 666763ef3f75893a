package io.sealgate.core.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.Fleet;
import io.sealgate.core.config.IdentityConfig;
import io.sealgate.core.config.IdentityConfig.Header;
import io.sealgate.core.config.Problems;
import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.ClientIdentity.SubjectAltName;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IdentityHeadersTest {

    private final Problems problems = new Problems();

    @Test
    void certificateAndItsIssuersAreByteSequences() {
        HttpHeaders headers = headers(known(Header.CLIENT_CERT, Header.CLIENT_CERT_CHAIN), Fleet.device());
        assertThat(headers.get("client-cert")).isEqualTo(":bGVhZg==:");
        assertThat(headers.get("client-cert-chain")).isEqualTo(":bWlkZGxl:, :dG9w:");
    }

    @Test
    void clientOfTheAnchorItselfHasNoChain() {
        ClientIdentity.Certified device = Fleet.device();
        ClientIdentity direct = new ClientIdentity.Certified(
                device.subject(),
                null,
                List.of(),
                device.serial(),
                device.issuer(),
                device.fingerprintSha256(),
                device.spkiSha256(),
                device.notAfter(),
                List.of("bGVhZg=="));
        HttpHeaders headers = headers(known(Header.CLIENT_CERT, Header.CLIENT_CERT_CHAIN), direct);
        assertThat(headers.names()).containsExactly("client-cert");
    }

    @Test
    void envoysHeaderNamesEveryUriAndDnsName() {
        IdentityConfig config =
                new IdentityConfig(List.of(Header.X_FORWARDED_CLIENT_CERT), "spiffe://edge/gateway", null);
        assertThat(headers(config, Fleet.device()).get("x-forwarded-client-cert"))
                .isEqualTo("By=spiffe://edge/gateway;Hash=" + "ab".repeat(32)
                        + ";Subject=\"CN=device-1,O=Fleet\";URI=spiffe://fleet/device-1"
                        + ";DNS=device-1.fleet.example;DNS=spare.fleet.example");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "CN=a\\\"b;URI=x | CN=a\\22b;URI=x",
                "CN=a\\\\ | CN=a\\5C",
                "CN=a\\\\\\\" | CN=a\\5C\\22",
                "CN=gerät | CN=ger\\C3\\A4t",
                "CN=a\\,b | CN=a\\,b",
                "CN=a\\0Ab | CN=a\\0Ab",
                "CN=a\\01b | CN=a\\01b",
                "CN=a b | CN=a b"
            })
    void subjectCannotLeaveItsQuotes(String subject, String quoted) {
        assertThat(headers(known(Header.X_FORWARDED_CLIENT_CERT), Fleet.device(subject))
                        .get("x-forwarded-client-cert"))
                .isEqualTo("Hash=" + "ab".repeat(32) + ";Subject=\"" + quoted + "\"");
    }

    @Test
    void uriWithSeparatorsIsQuoted() {
        ClientIdentity device = Fleet.device("CN=x", new SubjectAltName(SubjectAltName.Type.URI, "urn:a;b=c,\"d"));
        assertThat(headers(known(Header.X_FORWARDED_CLIENT_CERT), device).get("x-forwarded-client-cert"))
                .endsWith(";URI=\"urn:a;b=c,\\\"d\"");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "${client.cn} | device-1",
                "${client.subject} | CN=device-1%2CO=Fleet",
                "${client.issuer} | CN=Fleet%20CA%2CO=Fleet",
                "${client.serial} | a1",
                "${client.san-dns} | device-1.fleet.example,spare.fleet.example",
                "${client.san-uri} | spiffe://fleet/device-1",
                "${client.san-email} | device-1@fleet.example",
                "${client.san-ip} | 10.0.0.7",
                "${client.spiffe} | spiffe://fleet/device-1",
                "${client.not-after} | 2030-01-01T00:00:00Z",
                "cn=${client.cn}; serial=${client.serial} | cn=device-1; serial=a1",
                "always | always"
            })
    void customHeadersSayWhatIsAskedFor(String template, String value) {
        assertThat(headers(custom("x-device", template), Fleet.device()).get("x-device"))
                .isEqualTo(value);
    }

    @Test
    void headerIsLeftOutIfTheClientLacksWhatIsToBeInIt() {
        assertThat(headers(custom("x-device", "id=${client.spiffe}"), Fleet.device("CN=x")))
                .isEmpty();
    }

    @Test
    void nothingInANameEndsAHeader() {
        ClientIdentity device = Fleet.device("CN=a\r\nx-admin: 1,ü%");
        assertThat(headers(custom("x-device", "${client.subject}"), device).get("x-device"))
                .isEqualTo("CN=a%0D%0Ax-admin:%201%2C%C3%BC%25");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "cn=${client.cn}; serial=${client.serial} | x; serial=00 | cn=x%3B%20serial%3D00; serial=a1",
                "${client.cn}:${client.serial} | x:00 | x%3A00:a1",
                "${client.cn}/${client.serial} | x/00 | x%2F00/a1",
                "\"${client.cn}\" ${client.serial} | x\" 00 | \"x%22%2000\" a1",
                "id=${client.cn} | x=00 | id=x=00",
                "id=${client.cn};role=device | x;role=admin | id=x%3Brole%3Dadmin;role=device",
                "${client.cn};role=device | x;role=admin | x%3Brole%3Dadmin;role=device",
                "<${client.cn}> | x><y | <x%3E%3Cy>",
                "${client.cn},${client.serial} | x,00 | x%2C00,a1"
            })
    void noNamePassesForTheValueOfAnotherVariable(String template, String name, String value) {
        ClientIdentity.Certified device = Fleet.device();
        ClientIdentity named = new ClientIdentity.Certified(
                "CN=x",
                name,
                List.of(),
                device.serial(),
                device.issuer(),
                device.fingerprintSha256(),
                device.spkiSha256(),
                device.notAfter(),
                device.chain());

        assertThat(headers(custom("x-device", template), named).get("x-device")).isEqualTo(value);
    }

    @Test
    void nothingIsSaidOfAnonymousClients() {
        assertThat(headers(custom("x-device", "always"), new ClientIdentity.Anonymous()))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "host",
                "authorization",
                "content-type",
                "range",
                "client-cert",
                "x-cos-meta-device",
                "x-cos",
                "x-ci-process",
                "x-amz-meta-a",
                "x-sealgate-error",
                "x-forwarded-client-cert",
                "X-Device",
                "x_device",
                "x-",
                "x-a b"
            })
    void nameThatMeansSomethingIsRefused(String name) {
        IdentityHeaders.check(custom(name, "${client.cn}"), problems, "identity");
        assertThat(problems.lines()).singleElement().asString().startsWith("identity.custom." + name + ": header: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"${client.key}", "${CLIENT.CN}", "${client.cn", "", "a\nb", "ü"})
    void valueThatCannotBeSentIsRefused(String template) {
        IdentityHeaders.check(custom("x-device", template), problems, "identity");
        assertThat(problems.lines()).singleElement().asString().startsWith("identity.custom.x-device: ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "${client.cn}${client.serial}",
                "${client.cn}-${client.serial}",
                "${client.san-dns},${client.san-ip}",
                "${client.cn},${client.san-uri}",
                "${client.cn};${client.serial}_${client.spki}"
            })
    void valuesThatCannotBeToldApartAreRefused(String template) {
        IdentityHeaders.check(custom("x-device", template), problems, "identity");
        assertThat(problems.lines()).singleElement().asString().contains("(expected: a delimiter such as ;");
    }

    @ParameterizedTest
    @CsvSource({"100, true", "400, false"})
    void anIdentityIsToldWholeOrNotAtAll(int names, boolean isTold) {
        SubjectAltName[] many = IntStream.range(0, names)
                .mapToObj(i -> "device-" + i + ".rather-long-name.fleet.example")
                .map(name -> new SubjectAltName(SubjectAltName.Type.DNS, name))
                .toArray(SubjectAltName[]::new);
        IdentityHeaders identity = IdentityHeaders.of(known(Header.X_FORWARDED_CLIENT_CERT));

        assertThat(identity.addTo(new DefaultHttpHeaders(), Fleet.device("CN=x", many)))
                .isEqualTo(isTold);
    }

    private static IdentityConfig known(Header... headers) {
        return new IdentityConfig(List.of(headers), null, null);
    }

    private static IdentityConfig custom(String name, String template) {
        return new IdentityConfig(null, null, Map.of(name, template));
    }

    private static HttpHeaders headers(IdentityConfig config, @Nullable ClientIdentity client) {
        HttpHeaders headers = new DefaultHttpHeaders();
        assertThat(IdentityHeaders.of(config).addTo(headers, client)).isTrue();
        return headers;
    }
}
