package io.sealgate.core.error;

import static org.assertj.core.api.Assertions.assertThat;

import io.sealgate.core.model.RequestId;
import org.junit.jupiter.api.Test;

class CosErrorXmlTest {

    @Test
    void valuesCannotBreakOutOfTheirElements() {
        GatewayError error = new GatewayError.Denied("<Code>x</Code>&", "test");
        String xml = CosErrorXml.render(error, "/a\"b'c\u0001\uD800", new RequestId("id"));
        assertThat(xml)
                .contains("<Message>&lt;Code&gt;x&lt;/Code&gt;&amp;</Message>")
                .contains("<Resource>/a\"b'c\uFFFD\uFFFD</Resource>")
                .contains("<Code>AccessDenied</Code>")
                .contains("<RequestId>id</RequestId>");
    }
}
