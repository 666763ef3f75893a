package io.sealgate.tls.pem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A file that was cut short, or damaged at a boundary, is no file with fewer blocks. */
class PemStructureTest {

    private static final String ONE = "-----BEGIN CERTIFICATE-----\nMIIB\nAAEC\n-----END CERTIFICATE-----\n";
    private static final String TWO = "-----BEGIN X509 CRL-----\nMIIC\n-----END X509 CRL-----\n";

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "text only\n-- and a rule --\n----------\n",
                "subject=CN = x\n" + ONE + "\n  between\n" + TWO + "behind",
                "-----BEGIN EC PRIVATE KEY-----\nDEK-Info: AES-256-CBC,00\n\nAA\n-----END EC PRIVATE KEY-----",
            })
    void wholeFilesAreTaken(String text) throws Exception {
        PemStructure.check(text);
        PemStructure.check(text.replace("\n", "\r\n"));
    }

    /** Cut anywhere, the file is refused, or it has lost whole blocks only, or nothing but its last line's end. */
    @Test
    void noCutLeavesAPartOfABlockUnnoticed() {
        String text = ONE + TWO;
        List<Integer> taken = IntStream.range(0, text.length())
                .filter(length -> isTaken(text.substring(0, length)))
                .boxed()
                .toList();
        int first = ONE.length();
        int second = text.length();
        assertThat(taken)
                .containsExactlyElementsOf(
                        Stream.of(0, first - 1, first, second - 1).toList());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE----\nAA\n-----END CERTIFICATE-----",
                " -----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----",
                "\uFEFF-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----AA-----END CERTIFICATE-----",
                "-----BEGIN CERTIFICATE-----\nAA\n-----END X509 CRL-----",
                "-----BEGIN CERTIFICATE-----\nAA\n-----BEGIN CERTIFICATE-----\nAA\n-----END CERTIFICATE-----",
                "AA\n-----END CERTIFICATE-----",
                "-----BEGIN certificate-----\nAA\n-----END certificate-----",
            })
    void damagedBoundariesAreRefused(String text) {
        assertThatThrownBy(() -> PemStructure.check(ONE + text + "\n" + TWO))
                .isInstanceOf(PemException.class)
                .hasMessageContaining("expected: ");
    }

    private static boolean isTaken(String text) {
        try {
            PemStructure.check(text);
            return true;
        } catch (PemException e) {
            return false;
        }
    }

    /** What some file systems leave of a file that was being written when the machine went down. */
    @Test
    void zeroOctetsInThePlaceOfABlockAreAnError() {
        String zeros = "\0".repeat(500);

        assertThatThrownBy(() -> PemStructure.check("-----BEGIN A-----\n-----END A-----\n" + zeros))
                .isInstanceOf(PemException.class)
                .hasMessageContaining("line 3: PEM: zero octets");
    }
}
