package io.sealgate.core.keys;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.config.KeysConfig;
import io.sealgate.core.config.Problems;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeysCheckTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "none",
            value = {
                "a/${client.cn}       | none | keys.template: template: a/${client.cn} (expected: ${ulid} or ${random} in it)",
                "''                   | none | keys.template: template:  (expected: ${ulid} or ${random} in it)",
                "${ulid}${x}          | none | keys.template: variable: x (expected: one of client.cn, client.san.uri, client.san.dns, client.spiffe.path, client.serial, client.issuer.cn, client.fingerprint, date:PATTERN, ulid, random, ext)",
                "${ulid}${bucket}     | none | keys.template: variable: bucket (expected: one of client.cn,",
                "${ulid}${date:MMM}   | none | keys.template: date: MMM (expected: of yyyy, MM, dd, HH, mm, ss,",
                "${ulid}${date:}      | none | keys.template: date:  (expected:",
                "${ulid}${date:yyyy.} | none | keys.template: date: yyyy. (expected:",
                "${ulid}${date        | none | keys.template: variable: ${date (expected: ${name} with its closing brace)",
                "${client.cn}${client.serial}/${ulid}   | none | keys.template: template: ${client.cn}${client.serial}/${ulid} (expected: a slash between",
                "${ulid}${ext}${client.cn} | tif,tiff | keys.template: template: ${ulid}${ext}${client.cn} (expected: a slash",
                "${client.cn}-${client.san.dns}/${ulid} | none | keys.template: template: ${client.cn}-${client.san.dns}/${ulid} (expected: a slash",
                "${client.spiffe.path}/${client.cn}/${ulid} | none | keys.template: template: ${client.spiffe.path}/${client.cn}/${ulid} (expected: a slash",
                "/${ulid}             | none | keys.template: template: /${ulid} (expected: at most 850 bytes, no slash in front",
                "a//${ulid}           | none | keys.template: template: a//${ulid} (expected: at most",
                "a/${date:/MM}${ulid} | none | keys.template: template: a/${date:/MM}${ulid} (expected: at most",
                "a/../${ulid}         | none | keys.template: template: a/../${ulid} (expected: at most",
                "./${ulid}            | none | keys.template: template: ./${ulid} (expected: at most",
                "${ulid}${ext}        | none | keys.extensions: extensions: none (expected: those that ${ext} may be)",
                "${ulid}              | jpg  | keys.extensions: extensions: [jpg] (expected: none, or ${ext} in the template)",
                "${ulid}${ext}        | .jpg | keys.extensions[0]: extension: .jpg (expected: lower case, without the dot, jpg for instance)",
                "${ulid}${ext}        | JPG  | keys.extensions[0]: extension: JPG (expected:"
            })
    void whatMakesNoKeysIsReportedWithItsPath(String template, String extensions, String problem) {
        Problems problems = new Problems();
        List<String> listed = extensions == null ? List.of() : Arrays.asList(extensions.split(","));

        assertThat(KeysCheck.run(new KeysConfig(template, listed), problems, "keys"))
                .isEmpty();

        assertThat(problems.lines()).anySatisfy(line -> assertThat(line).startsWith(problem));
    }

    @Test
    void namesThatASlashTellsApartMayStandTogether() {
        assertThat(problems("${client.issuer.cn}/${client.cn}/${random}")).isEmpty();
        assertThat(problems("${client.spiffe.path}/${random}")).isEmpty();
    }

    @Test
    void theLongestTemplateIsAsLongAsAKeyMayBe() {
        assertThat(problems("a".repeat(824) + "${random}")).isEmpty();
        assertThat(problems("a".repeat(825) + "${random}")).hasSize(1);
        assertThat(problems("图".repeat(275) + "${random}")).hasSize(1);
    }

    private static List<String> problems(String template) {
        Problems problems = new Problems();
        KeysCheck.run(new KeysConfig(template, List.of()), problems, "keys");
        return problems.lines();
    }
}
