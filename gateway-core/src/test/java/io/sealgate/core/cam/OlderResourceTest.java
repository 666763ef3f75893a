package io.sealgate.core.cam;

import static io.sealgate.core.cam.Documents.compiled;
import static io.sealgate.core.cam.Documents.facts;
import static io.sealgate.core.cam.Documents.statement;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.ClientIdentity;
import io.sealgate.core.model.CosOperation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Patterns of the older form are compared with names in that form: {@code prefix//1250000000/examplebucket/{key}}. */
class OlderResourceTest {

    @ParameterizedTest
    @CsvSource({
        "prefix//1250000000/examplebucket/files/*, files/a, true",
        "prefix//1250000000/examplebucket/files/*, x/files/a, false",
        "prefix//*/examplebucket/files/*, files/a, true",
        "prefix//*/examplebucket/files/*, x/files/a, false",
        "prefix//125*/examplebucket/files/a, files/a, true",
        "prefix//125*/examplebucket/files/a, x/files/a, false",
        "prefix//1250000001/examplebucket/*, a, false",
        "prefix//1250000000/otherbucket/*, a, false",
        "prefix//1250000000/example*/files/*, files/a, true",
        "prefix//1250000000/example*/files/*, x/files/a, true",
        "prefix//1250000000/examplebucket*secret, a/secret, true",
        "prefix//1250000000/*, a/b, true",
        "prefix//*, a/b, true",
        "prefix//1250000000/examplebucket-*/a, a, false",
        "prefix//1250000000/examplebucket-1250000000/a, a, false",
        "prefix//1250000000/examplebucket/, '', true",
        "prefix//1250000000/examplebucket/a?, a?, true"
    })
    void starsRunWithinTheNameThatIsWritten(String path, String key, boolean isMeant) {
        String resource = "qcs::cos:ap-guangzhou:uid/1250000000:" + path;
        CosOperation operation = key.isEmpty() ? CosOperation.LIST_OBJECTS : CosOperation.GET_OBJECT;
        PolicySet allow = compiled(statement("allow", "*", resource));
        PolicySet deny = compiled(statement("allow", "*", "*"), statement("deny", "*", resource));
        RequestFacts facts = facts(new ClientIdentity.Anonymous());

        assertThat(allow.decide(operation, key, facts).isAllowed()).isEqualTo(isMeant);
        assertThat(deny.decide(operation, key, facts).isAllowed()).isEqualTo(!isMeant);
    }
}
