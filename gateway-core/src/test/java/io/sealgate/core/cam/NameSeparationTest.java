package io.sealgate.core.cam;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NameSeparationTest {

    private static final List<Variable> VARIABLES =
            List.of(Variable.CLIENT_CN, Variable.CLIENT_SAN_DNS, Variable.CLIENT_SERIAL, Variable.CLIENT_FINGERPRINT);

    private static final List<String> WORDS = List.of("-", "/", "a", "-a", "a-", "/a", "a/-", "aa");

    @ParameterizedTest
    @CsvSource({
        "${client.cn}, true, true",
        "x-${client.cn}-y, true, true",
        "${client.cn}/${client.san.dns}, true, false",
        "${client.cn}-${client.san.dns}, false, false",
        "${client.cn}${client.serial}, false, false",
        "${client.cn}abc${client.serial}, false, false",
        "${client.cn}-${client.serial}, true, true",
        "${client.serial}: ${client.cn}, true, true",
        "${client.serial}:${client.fingerprint}, true, true",
        "${client.cn}-${client.serial}-${client.san.dns}, false, false",
        "${client.spiffe.path}, true, true",
        "${client.spiffe.path}/${client.cn}, false, false",
        "${bucket}${client.cn}, true, true"
    })
    void whatTellsTwoClientsApart(String text, boolean isCertain, boolean isCertainWithSlashes) {
        assertThat(told(text, false)).isEqualTo(isCertain);
        assertThat(told(text, true)).isEqualTo(isCertainWithSlashes);
    }

    /** Every text that is said to be certain is made of all short values, and must be another for each. */
    @Test
    void noTwoClientsShareATextThatIsCertain() {
        Random random = new Random(7);
        int certain = 0;
        for (int i = 0; i < 3000; i++) {
            boolean hasSlashes = random.nextBoolean();
            List<Object> parts = parts(random);
            NameSeparation names = new NameSeparation(hasSlashes);
            parts.forEach(part -> {
                if (part instanceof String words) {
                    names.words(words);
                } else {
                    names.variable((Variable) part);
                }
            });
            if (names.tellsClientsApart()) {
                certain++;
                assertUnique(parts, hasSlashes);
            }
        }
        assertThat(certain).isBetween(500, 2900);
    }

    private static List<Object> parts(Random random) {
        List<Object> parts = new ArrayList<>();
        List<Variable> left = new ArrayList<>(VARIABLES);
        int length = 2 + random.nextInt(4);
        for (int i = 0; i < length; i++) {
            parts.add(
                    random.nextBoolean() && !left.isEmpty()
                            ? left.remove(random.nextInt(left.size()))
                            : WORDS.get(random.nextInt(WORDS.size())));
        }
        return parts;
    }

    private static void assertUnique(List<Object> parts, boolean hasSlashes) {
        Map<String, List<String>> seen = new HashMap<>();
        collect(parts, 0, "", List.of(), hasSlashes, seen);
    }

    private static void collect(
            List<Object> parts,
            int at,
            String text,
            List<String> values,
            boolean hasSlashes,
            Map<String, List<String>> seen) {
        if (at == parts.size()) {
            List<String> other = seen.put(text, values);
            assertThat(other)
                    .as("%s of %s and of %s: %s", text, values, other, parts)
                    .isNull();
        } else if (parts.get(at) instanceof String words) {
            collect(parts, at + 1, text + words, values, hasSlashes, seen);
        } else {
            boolean isHexadecimal =
                    parts.get(at) == Variable.CLIENT_SERIAL || parts.get(at) == Variable.CLIENT_FINGERPRINT;
            for (String value : isHexadecimal ? List.of("a", "aa", "b") : free(hasSlashes)) {
                List<String> more = new ArrayList<>(values);
                more.add(value);
                collect(parts, at + 1, text + value, more, hasSlashes, seen);
            }
        }
    }

    private static List<String> free(boolean hasSlashes) {
        return hasSlashes
                ? List.of("a", "-", "/", "aa", "a-", "-a", "/a", "a/", "a-a", "a/-")
                : List.of("a", "-", "aa", "a-", "-a", "a-a", "-a-", "a-b");
    }

    private static boolean told(String text, boolean canHoldSlashes) {
        NameSeparation names = new NameSeparation(canHoldSlashes);
        VariableText.parse(
                text,
                words -> {
                    names.words(words);
                    return text;
                },
                name -> {
                    names.variable(Variable.of(name).orElseThrow());
                    return text;
                });
        return names.tellsClientsApart();
    }
}
