package io.sealgate.tls.fetch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.sealgate.core.spi.RevocationListener.Outcome;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which URLs are fetched from. */
class FetchTargetTest {

    @ParameterizedTest
    @CsvSource({
        "http://crl.example.com/a.crl, http://crl.example.com:80/a.crl",
        "HTTPS://CRL.Example.com./a.crl, https://crl.example.com:443/a.crl",
        "http://crl.example.com:8080, http://crl.example.com:8080/",
        "http://crl.example.com/a b.crl, REFUSED_SCHEME",
        "http://[::1]/a.crl?x=1, http://[::1]:80/a.crl?x=1",
        "ldap://crl.example.com/cn=CA, REFUSED_SCHEME",
        "file:///etc/passwd, REFUSED_SCHEME",
        "ftp://crl.example.com/a.crl, REFUSED_SCHEME",
        "jar:http://crl.example.com/a.jar!/b, REFUSED_SCHEME",
        "//crl.example.com/a.crl, REFUSED_SCHEME",
        "crl.example.com, REFUSED_SCHEME",
        "http:///a.crl, REFUSED_HOST",
        "http:a.crl, REFUSED_HOST",
        "http://user@crl.example.com/a.crl, REFUSED_HOST",
        "http://crl.example.com/a.crl#b, REFUSED_HOST",
        "http://crl.example.com:0/a.crl, REFUSED_HOST",
        "http://crl.example.com:65536/a.crl, REFUSED_HOST"
    })
    void onlyPlainWebAddressesAreRead(String url, String result) {
        assertThat(read(url)).isEqualTo(result);
    }

    @ParameterizedTest
    @CsvSource({
        "http://crl.example.com/a.crl, true",
        "https://crl.example.com/a.crl, true",
        "http://crl.example.com:8080/a.crl, false",
        "http://other.example.com:8080/a.crl, true",
        "http://other.example.com/a.crl, false",
        "http://own.example.com:81/another.crl, true",
        "http://crl.example.com.evil.test/a.crl, false",
        "http://[::1]:99/a.crl, true",
        "http://[::1]/a.crl, false"
    })
    void onlyAllowedHostsAreFetchedFrom(String url, boolean allowed) throws Exception {
        AllowedHosts hosts = new AllowedHosts(
                List.of("CRL.example.com", "other.example.com:8080", "[::1]:99"),
                List.of(FetchTarget.parse("http://own.example.com:81/own.crl")));
        FetchTarget target = FetchTarget.parse(url);
        if (allowed) {
            hosts.check(target);
        } else {
            assertThatThrownBy(() -> hosts.check(target))
                    .asInstanceOf(InstanceOfAssertFactories.type(FetchException.class))
                    .extracting(FetchException::outcome)
                    .isEqualTo(Outcome.REFUSED_HOST);
        }
    }

    private static String read(String url) {
        try {
            return FetchTarget.parse(url).toString();
        } catch (FetchException e) {
            return e.outcome().name();
        }
    }
}
