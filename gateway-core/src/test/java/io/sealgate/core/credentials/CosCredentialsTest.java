package io.sealgate.core.credentials;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.sealgate.core.model.Secret;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CosCredentialsTest {

    @Test
    void textFormShowsNeitherKeyNorToken() {
        CosCredentials credentials =
                new CosCredentials("AKIDexample", Secret.of("hidden-key"), Secret.of("hidden-token"));

        assertThat(credentials).asString().contains("AKIDexample").doesNotContain("hidden");
        assertThat(new StaticCredentials(credentials)).asString().doesNotContain("hidden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "AKID&q-signature=", "AKID=", "AKID;", "AKID\r\nHost: x", "AKID example"})
    void secretIdThatCouldBreakOutOfItsFieldIsRefusedWithoutBeingShown(String secretId) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CosCredentials.permanent(secretId, Secret.of("key")))
                .withMessageStartingWith("secret-id: not shown");
    }

    /** It is sent as a header's value, and everything in it is signed. */
    @ParameterizedTest
    @ValueSource(strings = {"tok\n", "tok en", " token", "t\u00f6ken", "\u817e", "token\0", "a\r\nHost: x"})
    void aTokenThatIsNoHeaderValueIsRefusedWithoutBeingShown(String token) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CosCredentials("AKIDexample", Secret.of("key"), Secret.of(token)))
                .withMessage("token: not shown (expected: visible ASCII characters)");
    }

    @Test
    void emptySecretsAreRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CosCredentials.permanent("AKIDexample", Secret.of("")))
                .withMessageStartingWith("secret-key: empty");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CosCredentials("AKIDexample", Secret.of("key"), Secret.of("")))
                .withMessageStartingWith("token: empty");
    }

    @Test
    void staticCredentialsAreAlwaysTheSame() {
        CosCredentials credentials = CosCredentials.permanent("AKIDexample", Secret.of("key"));

        CredentialSource source = new StaticCredentials(credentials);

        assertThat(source.current()).isSameAs(credentials).isSameAs(source.current());
    }
}
