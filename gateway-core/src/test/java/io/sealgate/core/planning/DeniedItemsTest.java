package io.sealgate.core.planning;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.error.GatewayError;
import io.sealgate.core.planning.BatchDelete.Item;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DeniedItemsTest {

    private static final String ERROR =
            "<Error><Key>a&lt;b</Key><Code>AccessDenied</Code><Message>Access Denied.</Message></Error>";

    private final DeniedItems denied = new DeniedItems(List.of(new DeniedItems.Denied(
            new Item("a<b", null), new GatewayError.Denied("Access Denied.", "policy-default"))));

    private String edited(String answer) {
        byte[] edited = denied.editBody(answer.getBytes(UTF_8));
        return edited == null ? "none" : new String(edited, UTF_8);
    }

    @ParameterizedTest
    @CsvSource({
        "<DeleteResult></DeleteResult>, <DeleteResult>@</DeleteResult>",
        "<DeleteResult/>, <DeleteResult>@</DeleteResult>",
        "<?xml version='1.0'?><DeleteResult xmlns='x' />, <?xml version='1.0'?><DeleteResult xmlns='x'>@</DeleteResult>",
        "<DeleteResult><Deleted><Key>中</Key></Deleted></DeleteResult>, <DeleteResult><Deleted><Key>中</Key></Deleted>@</DeleteResult>",
        "<DeleteResult><Error><Key>c</Key></Error></DeleteResult>, <DeleteResult><Error><Key>c</Key></Error>@</DeleteResult>",
    })
    void whatWasDeniedIsToldBesideTheRest(String answer, String expected) {
        assertThat(edited(answer)).isEqualTo(expected.replace("@", ERROR));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "<Error><Code>InternalError</Code></Error>", "<DeleteResult>", "<html/>"})
    void anotherAnswerIsNoneToTheBatch(String answer) {
        assertThat(edited(answer)).isEqualTo("none");
    }

    @Test
    void theVersionIsNamedIfTheClientDid() {
        DeniedItems versioned = new DeniedItems(
                List.of(new DeniedItems.Denied(new Item("k", "v"), new GatewayError.Denied("Access Denied.", "key"))));

        assertThat(versioned.document()).contains("<Key>k</Key><VersionId>v</VersionId><Code>");
    }
}
