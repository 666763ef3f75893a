package io.sealgate.core.model;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import javax.security.auth.x500.X500Principal;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DistinguishedNameTest {

    private static final int UTF8 = 0x0C;
    private static final int TELETEX = 0x14;
    private static final int UNIVERSAL = 0x1C;
    private static final int BMP = 0x1E;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=device-1,O=Fleet",
                "CN=a\\,b\\+c,OU=x+L=y,ST=z,C=DE,STREET=s,DC=example,UID=u",
                "CN=\\ lead and trail\\ ",
                "CN=\\#hash",
                "CN=a\\=b\\<c\\>d\\;e\\\\f\\\"g",
                "CN=ger\u00E4t \u4E2D\u6587",
                "1.2.840.113549.1.9.1=#1603614061,CN=a",
                "2.25.329800735698586629295641978511506172918=#0c02c3a9",
                "2.5.4.5=#13026131",
                "CN=a,CN=b",
                "O=x"
            })
    void ordinaryNamesAreWrittenAsTheJdkWritesThem(String text) {
        X500Principal principal = new X500Principal(new X500Principal(text).getEncoded());

        assertThat(DistinguishedName.of(principal)).hasToString(principal.getName(X500Principal.RFC2253));
        assertThat(DistinguishedName.parse(text)).hasToString(principal.getName(X500Principal.RFC2253));
    }

    @ParameterizedTest
    @CsvSource({
        "SERIALNUMBER=a1, 2.5.4.5=#13026131",
        "2.5.4.5=#0c026131, 2.5.4.5=#13026131",
        "2.5.4.5=#1e0400610031, 2.5.4.5=#13026131",
        "EMAILADDRESS=a@b, 1.2.840.113549.1.9.1=#1603614062",
        "1.2.840.113549.1.9.1=#0c03614062, 1.2.840.113549.1.9.1=#1603614062",
        "2.5.4.5=#0c02c3a9, 2.5.4.5=#0c02c3a9",
        "2.5.4.5=#1402c3a9, 2.5.4.5=#1402c3a9",
        "DNQ=x, 2.5.4.46=#130178"
    })
    void aTypeWithoutAKeywordHasOneTextForAllKindsOfStrings(String written, String text) {
        assertThat(DistinguishedName.parse(written)).hasToString(text);
        assertThat(DistinguishedName.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 127, 128, 255, 256, 65535, 65536})
    void aLongValueIsReadAsItIsWritten(int length) {
        String text =
                DistinguishedName.parse("SERIALNUMBER=" + "1".repeat(length)).toString();

        assertThat(DistinguishedName.parse(text)).hasToString(text);
        assertThat(new X500Principal(text).getName(X500Principal.RFC2253)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource({
        "CN=device-1, device-1",
        "'CN=device-1,O=Fleet', device-1",
        "2.5.4.3=#0c0161, a",
        "'CN=a,CN=b',",
        "CN=a+CN=b,",
        "'CN=a,O=x,CN=a',",
        "O=Fleet,",
        "CN=a\u200Bb,",
        "CN=\u202Eab,",
        "CN=a\u00ADb,",
        "CN=a\uFE0Fb,",
        "CN=a\u3164b,",
        "CN=a\uFDD0b,",
        "CN=a\uFFFEb,",
        "CN=a\uFFFFb,",
        "CN=a\uD83F\uDFFEb,",
        "CN=a\uD834\uDD59b,",
        "CN=a\uD834\uDD5Ab, a\uD834\uDD5Ab",
        "CN=a\u00A0b,",
        "CN=a b, a b",
        "CN=ger\u00E4t, ger\u00E4t"
    })
    void aCommonNameIsTheOnlyOneAndCanBeSeen(String name, @Nullable String commonName) {
        assertThat(DistinguishedName.parse(name).commonName()).isEqualTo(commonName);
    }

    @Test
    void whatIsNoCertainTextStandsAsItsEncoding() {
        X500Principal acute = name(TELETEX, "dev\u00E9".getBytes(ISO_8859_1));
        X500Principal circumflex = name(TELETEX, "dev\u00EA".getBytes(ISO_8859_1));

        assertThat(DistinguishedName.of(acute)).hasToString("CN=#1404646576e9");
        assertThat(DistinguishedName.of(circumflex)).hasToString("CN=#1404646576ea");
        assertThat(DistinguishedName.of(acute).commonName()).isNull();
    }

    @Test
    void theSameCharactersAreTheSameNameInEveryEncoding() {
        for (X500Principal name : new X500Principal[] {
            name(TELETEX, "dev".getBytes(ISO_8859_1)),
            name(UTF8, "dev".getBytes(UTF_8)),
            name(BMP, "dev".getBytes(UTF_16BE))
        }) {
            assertThat(DistinguishedName.of(name)).hasToString("CN=dev");
            assertThat(DistinguishedName.of(name).commonName()).isEqualTo("dev");
        }
    }

    /** DER sorts the attributes of a relative name by their octets, and so by the kind of string and its length. */
    @Test
    void theOrderWithinARelativeNameIsNotThatOfTheEncoding() {
        byte[] inUtf8 = attribute(UTF8, "dev".getBytes(UTF_8));
        byte[] inBmp = attribute(BMP, "dev".getBytes(UTF_16BE));
        byte[] other = attribute(UTF8, "dev-2".getBytes(UTF_8));
        for (byte[] both : new byte[][] {concat(inUtf8, other), concat(other, inBmp)}) {
            X500Principal name = new X500Principal(element(0x30, element(0x31, both)));

            assertThat(DistinguishedName.of(name)).hasToString("CN=dev+CN=dev-2");
        }
        assertThat(DistinguishedName.parse("O=x+CN=a long name")).hasToString("CN=a long name+O=x");
        assertThat(DistinguishedName.parse("CN=a long name+O=x")).hasToString("CN=a long name+O=x");
    }

    @Test
    void whatCannotBeSeenIsSeenInTheText() {
        assertThat(DistinguishedName.of(name(UTF8, "a\u200Bb\n".getBytes(UTF_8))))
                .hasToString("CN=a\\E2\\80\\8Bb\\0A");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CN=a\\#\\\\,O=b",
                "CN=\\\\\\#?\\\\\\,",
                "CN=a\\\\\\,b,O=c\\\\,C=CN",
                "CN=\\ a\\ ",
                "CN=b+OU=a,O=x",
                "CN=a+CN=b",
                "1.2.840.113549.1.9.1=#1603614062",
                "CN=#1404646576e9"
            })
    void aNameIsReadAsItIsWritten(String text) {
        assertThat(DistinguishedName.parse(text)).hasToString(text);
    }

    /** Another spelling of a name is that name (RFC 4514 §3): no blank of its value is lost. */
    @ParameterizedTest
    @CsvSource({
        "CN=a b\\20, 'CN=a b\\ '",
        "CN=a\\20, 'CN=a\\ '",
        "CN=a\\20\\20, 'CN=a\\ \\ '",
        "CN=a \\20, 'CN=a\\ \\ '",
        "'CN=a\\ \\20,O=b\\20', 'CN=a\\ \\ ,O=b\\ '",
        "CN=\\20a, CN=\\ a",
        "CN=\\20, 'CN=\\ '",
        "CN=a\\\\20, CN=a\\\\20",
        "CN=a\\0d, CN=a\\0D",
        "CN=a\\C3\\A4\\20, 'CN=a\u00E4\\ '"
    })
    void anEscapedBlankIsPartOfTheName(String written, String text) {
        assertThat(DistinguishedName.parse(written)).hasToString(text);
    }

    /** What a decoder passes over or puts together is not the same name. */
    @ParameterizedTest
    @CsvSource({
        "0000FEFF00000061, CN=\\EF\\BB\\BFa",
        "00000061, CN=a",
        "0001F600, CN=\uD83D\uDE00",
        "0000D83D0000DE00, CN=#1c080000d83d0000de00",
        "0000D83D, CN=#1c040000d83d",
        "00110000, CN=#1c0400110000",
        "80000061, CN=#1c0480000061",
        "0000006100, CN=#1c050000006100"
    })
    void aUniversalStringIsReadAsItStands(String octets, String text) {
        assertThat(DistinguishedName.of(name(UNIVERSAL, HexFormat.of().parseHex(octets))))
                .hasToString(text);
    }

    @Test
    void anEmptyRelativeNameIsNotNoName() {
        assertThat(DistinguishedName.of(new X500Principal(new byte[] {0x30, 0x00})))
                .hasToString("");
        assertThat(DistinguishedName.of(new X500Principal(new byte[] {0x30, 0x02, 0x31, 0x00})))
                .hasToString("#3100");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"CN=\\FF", "CN=a\\C3", "CN=#zz", "CN", "=a", "CN=a,,O=b", "CN=\"a", "unknown=a", "CN=a+CN=a"})
    void whatIsNoNameIsRefused(String text) {
        assertThatThrownBy(() -> DistinguishedName.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    /** Whatever the octets: one text, one value. Texts that are read again are the same name. */
    @Test
    void noTwoValuesHaveOneText() {
        Random random = new Random(20261201);
        Map<String, String> values = new HashMap<>();
        for (int round = 0; round < 20_000; round++) {
            String value = value(random);
            String text =
                    DistinguishedName.of(name(UTF8, value.getBytes(UTF_8))).toString();
            String other = values.putIfAbsent(text, value);
            assertThat(other == null || other.equals(value)).as(text).isTrue();
            assertThat(DistinguishedName.parse(text)).hasToString(text);
        }
        assertThat(values).hasSizeGreaterThan(5_000);
    }

    private static String value(Random random) {
        String letters = "ab\\,+\"#;<=>  \n\r\u200B\u00E9\uFFFD?E20";
        StringBuilder value = new StringBuilder();
        for (int length = 1 + random.nextInt(6); length > 0; length--) {
            value.append(letters.charAt(random.nextInt(letters.length())));
        }
        return value.toString();
    }

    /** A name of one CN, as DER. */
    private static X500Principal name(int tag, byte[] value) {
        return new X500Principal(element(0x30, element(0x31, attribute(tag, value))));
    }

    private static byte[] attribute(int tag, byte[] value) {
        byte[] type = {0x06, 0x03, 0x55, 0x04, 0x03};
        return element(0x30, concat(type, element(tag, value)));
    }

    private static byte[] concat(byte[] one, byte[] other) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(one);
        both.writeBytes(other);
        return both.toByteArray();
    }

    private static byte[] element(int tag, byte[] content) {
        byte[] element = new byte[content.length + 2];
        element[0] = (byte) tag;
        element[1] = (byte) content.length;
        System.arraycopy(content, 0, element, 2, content.length);
        return element;
    }
}
