package io.sealgate.tls.revocation;

import static io.sealgate.tls.revocation.CrlRecipe.AUTHORITY_KEY_IDENTIFIER;
import static io.sealgate.tls.revocation.CrlRecipe.CERTIFICATE_ISSUER;
import static io.sealgate.tls.revocation.CrlRecipe.CRL_NUMBER;
import static io.sealgate.tls.revocation.CrlRecipe.DELTA_INDICATOR;
import static io.sealgate.tls.revocation.CrlRecipe.INVALIDITY_DATE;
import static io.sealgate.tls.revocation.CrlRecipe.ISSUING_DISTRIBUTION_POINT;
import static io.sealgate.tls.revocation.CrlRecipe.NOW;
import static io.sealgate.tls.revocation.CrlRecipe.ascii;
import static io.sealgate.tls.revocation.CrlRecipe.element;
import static io.sealgate.tls.revocation.CrlRecipe.extension;
import static io.sealgate.tls.revocation.CrlRecipe.hex;
import static io.sealgate.tls.revocation.CrlRecipe.number;
import static io.sealgate.tls.revocation.CrlRecipe.reason;
import static io.sealgate.tls.revocation.CrlRecipe.time;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.sealgate.certs.CertificateAuthority;
import io.sealgate.certs.CertificateSpec;
import io.sealgate.certs.KeyUsage;
import io.sealgate.certs.Revocation;
import io.sealgate.certs.RevocationList;
import io.sealgate.certs.RevocationReason;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class CrlReaderTest {

    private static final CertificateAuthority CA = root("CA");
    private static final CertificateAuthority NAMESAKE = root("CA");

    private static final String SHA1_WITH_ECDSA = "06072a8648ce3d0401";
    private static final String SHA384_WITH_ECDSA = "06082a8648ce3d040303";

    @Test
    void listMadeByAnotherLibraryIsRead() throws Exception {
        BigInteger held = new BigInteger("00c0ffee", 16);
        X509CRL made = CA.sign(new RevocationList(
                7,
                List.of(
                        Revocation.of(BigInteger.TEN, NOW),
                        new Revocation(held, NOW, RevocationReason.CERTIFICATE_HOLD))));

        Crl crl = read(made.getEncoded());

        assertThat(crl.issuer()).isEqualTo(AuthorityId.of(CA.certificate()));
        assertThat(crl.number()).isEqualTo(7);
        assertThat(crl.scope()).isEqualTo(CrlScope.ALL);
        assertThat(crl.thisUpdate()).isEqualTo(made.getThisUpdate().toInstant());
        assertThat(crl.nextUpdate()).isEqualTo(made.getNextUpdate().toInstant());
        assertThat(crl.revoked().size()).isEqualTo(2);
        assertThat(crl.revoked().reason(BigInteger.TEN)).hasValueSatisfying(is("unspecified"));
        assertThat(crl.revoked().reason(held)).hasValueSatisfying(is("certificate-hold"));
        assertThat(crl.revoked().reason(BigInteger.ONE)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "0, unspecified",
        "1, key-compromise",
        "6, certificate-hold",
        "8, remove-from-crl",
        "7, unknown",
        "200, unknown"
    })
    void entryRevokesWhateverItsReason(int code, String reason) throws Exception {
        Crl crl = read(recipe().revoke(BigInteger.TWO, reason(code)));

        assertThat(crl.revoked().reason(BigInteger.TWO)).hasValueSatisfying(is(reason));
    }

    /** What {@code openssl ca} makes unless it is told otherwise. */
    @Test
    void listOfVersionOneIsRead() throws Exception {
        Crl crl = read(recipe().version("").revoke(BigInteger.TWO));

        assertThat(crl.number()).isNull();
        assertThat(crl.revoked().reason(BigInteger.TWO)).isPresent();
    }

    @Test
    void listWithoutEntriesRevokesNobody() throws Exception {
        assertThat(read(recipe().extension(number(1))).revoked().size()).isZero();
    }

    @Test
    void emptyListOfEntriesRevokesNobody() throws Exception {
        assertThat(read(recipe().behind("3000")).revoked().size()).isZero();
    }

    @Test
    void generalizedTimeIsRead() throws Exception {
        Crl crl = read(recipe().nextUpdate(element(DerInput.GENERALIZED_TIME, ascii("20510203040506Z"))));

        assertThat(crl.nextUpdate()).isEqualTo("2051-02-03T04:05:06Z");
    }

    @ParameterizedTest
    @CsvSource({
        "two octets, 0101, 101",
        "as long as is allowed, 7f00000000000000000000000000000000000001, 7f00000000000000000000000000000000000001",
        "zero, 00, 0",
        "negative, 80, -80",
        "needless zeros, 000005, 5",
        "needless ones, fffffe, -2"
    })
    void oddSerialsAreFound(String name, String octets, String hex) throws Exception {
        Crl crl = read(recipe().revoke(octets).revoke("09"));

        assertThat(crl.revoked().reason(new BigInteger(hex, 16))).isPresent();
        assertThat(crl.revoked().reason(BigInteger.valueOf(9))).isPresent();
        assertThat(crl.revoked().reason(BigInteger.valueOf(4))).isEmpty();
    }

    /** 128 that one program wrote as 0080 and another, wrongly, as 80: better both than none. */
    @ParameterizedTest
    @CsvSource({"80, 128", "0080, -128"})
    void serialIsFoundWhateverItsSign(String octets, BigInteger serial) throws Exception {
        assertThat(read(recipe().revoke(octets)).revoked().reason(serial)).isPresent();
    }

    @Test
    void serialOfSixtyFourOctetsIsFound() throws Exception {
        BigInteger serial = BigInteger.ONE.shiftLeft(511);

        assertThat(read(recipe().revoke(serial)).revoked().reason(serial)).isPresent();
    }

    @Test
    void serialLongerThanAnyListHasIsNotRevoked() throws Exception {
        assertThat(read(recipe().revoke("01")).revoked().reason(BigInteger.ONE.shiftLeft(512)))
                .isEmpty();
    }

    @Test
    void harmlessExtensionsArePassedOver() throws Exception {
        byte[] date = element(DerInput.GENERALIZED_TIME, ascii("20240102030405Z"));
        Crl crl = read(recipe().revoke(BigInteger.TWO, extension(INVALIDITY_DATE, true, date), reason(4))
                .revoke(BigInteger.TEN, extension("2a0304", false, hex("0500")))
                .extension(extension("2b060105050701", false, hex("0500"))));

        assertThat(crl.revoked().reason(BigInteger.TWO)).hasValueSatisfying(is("superseded"));
        assertThat(crl.revoked().reason(BigInteger.TEN)).isPresent();
    }

    static Stream<Arguments> refused() {
        byte[] aMonth = time(NOW.plusSeconds(30 * 86_400));
        return Stream.of(
                arguments(recipe().extension(extension(DELTA_INDICATOR, true, hex("020101"))), "a delta CRL"),
                arguments(recipe().extension(extension(DELTA_INDICATOR, false, hex("020101"))), "a delta CRL"),
                arguments(recipe().extension(extension("2a0304", true, hex("0500"))), "critical and unknown"),
                arguments(recipe().extension(extension("551d2e", true, hex("0500"))), "critical and unknown"),
                arguments(recipe().extension(number(1)).extension(number(2)), "the same CRL extension again"),
                arguments(recipe().extension(extension(CRL_NUMBER, false, hex("0500"))), "CRL extension: malformed"),
                arguments(idp("3003 8401ff"), "an indirect CRL"),
                arguments(idp("3004 83020640"), "only some reasons"),
                arguments(idp("3003 8501ff"), "only attribute certificates"),
                arguments(idp("3006 8101ff 8201ff"), "neither CAs nor others"),
                arguments(idp("300f a00d a10b 3009 0603550403 1302 6131"), "relative to the issuer"),
                arguments(idp("3003 8901ff"), "CRL extension: malformed"),
                arguments(recipe().revoke("01", extension(CERTIFICATE_ISSUER, true, hex("3000"))), "an indirect CRL"),
                arguments(recipe().revoke("01", extension("2a0304", true, hex("0500"))), "critical entry extension"),
                arguments(
                        recipe().revoke("01", extension(CrlRecipe.REASON_CODE, false, hex("0a020001"))), "reason code"),
                arguments(recipe().version("").revoke("01", reason(1)), "none in a CRL of version 1"),
                arguments(recipe().version("").extension(number(1)), "the end of the list"),
                arguments(recipe().version("020100"), "version: [0] (expected: 2"),
                arguments(recipe().version("020102"), "version: [2] (expected: 2"),
                arguments(recipe().thisUpdate(aMonth).nextUpdate(aMonth), "thisUpdate: "),
                arguments(recipe().nextUpdate(new byte[0]), "nextUpdate: none"),
                arguments(recipe().nextUpdate(new byte[0]).revoke("01"), "nextUpdate: none"),
                arguments(recipe().nextUpdate(time(NOW.minusSeconds(86_400))), "(expected: after thisUpdate"),
                arguments(recipe().thisUpdate(element(DerInput.UTC_TIME, ascii("2401020304Z"))), "time: malformed"),
                arguments(recipe().thisUpdate(element(DerInput.UTC_TIME, ascii("241302030405Z"))), "time: malformed"),
                arguments(recipe().thisUpdate(element(DerInput.UTC_TIME, ascii("2401020304+00"))), "time: malformed"),
                arguments(
                        recipe().thisUpdate(element(DerInput.OCTET_STRING, ascii("20240102030405Z"))),
                        "time: malformed"),
                arguments(recipe().revoke(""), "serial number of 0 octets"),
                arguments(recipe().revoke("01".repeat(65)), "serial number of 65 octets"),
                arguments(recipe().revoke("01".repeat(5000)), "serial number of 5000 octets"),
                arguments(recipe().entry(hex("3003020101")), "end"),
                arguments(recipe().entry(hex("300602010105000500")), "a revocation date"),
                arguments(recipe().entry(hex("0500")), "an entry"),
                arguments(recipe().extension(number(1)).behind("0500"), "the end of the list"),
                arguments(recipe().behind("0500"), "the end of the list"),
                arguments(recipe().innerAlgorithm(SHA1_WITH_ECDSA), "signature: weak"),
                arguments(recipe().innerAlgorithm(SHA384_WITH_ECDSA), "another one outside than inside"),
                arguments(recipe().signedBy(NAMESAKE), "signature: not that of CN=CA"),
                arguments(
                        recipe().signedBy(NAMESAKE)
                                .extension(extension(AUTHORITY_KEY_IDENTIFIER, false, hex("3003800105"))),
                        "issuer: CN=CA with another key"),
                arguments(CrlRecipe.of(root("Stranger")), "issuer: CN=Stranger (expected: a CA of"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("refused")
    void whatCannotBeReliedOnIsRefused(CrlRecipe recipe, String problem) {
        assertThatThrownBy(() -> read(recipe.der()))
                .isInstanceOf(CrlException.class)
                .hasMessageContaining(problem)
                .hasMessageContaining("(expected: ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3080020101", "308100", "30820001", "30868000000000000000", "1f8101", "", "30", "308203"})
    void whatIsNotDerIsRefused(String octets) {
        assertThatThrownBy(() -> read(hex(octets))).isInstanceOf(CrlException.class);
    }

    @Test
    void ofTwoCasOfOneNameTheOneThatSignedIsTheIssuer() throws Exception {
        List<X509Certificate> both = List.of(NAMESAKE.certificate(), CA.certificate());

        Crl crl = read(recipe().der(), new CrlIssuers(both));

        assertThat(crl.issuer()).isEqualTo(AuthorityId.of(CA.certificate()));
    }

    @Test
    void caThatMustNotSignListsIsRefused() {
        CertificateAuthority mute = CertificateAuthority.root(
                CertificateSpec.authority("Mute").withKeyUsages(KeyUsage.KEY_CERT_SIGN), InstantSource.system());

        assertThatThrownBy(() -> read(CrlRecipe.of(mute).der(), new CrlIssuers(List.of(mute.certificate()))))
                .isInstanceOf(CrlException.class)
                .hasMessageContaining("issuer: CN=Mute, key usage without cRLSign");
    }

    private static CertificateAuthority root(String name) {
        return CertificateAuthority.root(CertificateSpec.authority(name), () -> NOW);
    }

    private static CrlRecipe recipe() {
        return CrlRecipe.of(CA);
    }

    private static CrlRecipe idp(String hex) {
        return recipe().extension(extension(ISSUING_DISTRIBUTION_POINT, true, hex(hex.replace(" ", ""))));
    }

    private static Crl read(CrlRecipe recipe) throws IOException {
        return read(recipe.der());
    }

    private static Crl read(byte[] der) throws IOException {
        return read(der, new CrlIssuers(List.of(CA.certificate())));
    }

    static Crl read(byte[] der, CrlIssuers issuers) throws IOException {
        SignatureStrength strength = (oid, parameters) ->
                oid.equals("1.2.840.10045.4.1") ? Optional.of("weak (expected: strong)") : Optional.empty();
        return new CrlReader(new DerInput(new ByteArrayInputStream(der)), issuers, strength, NOW).read();
    }

    private static Consumer<io.sealgate.tls.revocation.RevocationReason> is(String label) {
        return reason -> assertThat(reason).hasToString(label);
    }
}
