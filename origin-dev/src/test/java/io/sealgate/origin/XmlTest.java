package io.sealgate.origin;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class XmlTest {
    @Test
    void whatIsWrittenReadsBackTheSame() {
        String text = "<&>\"' \u817e\u8baf \ud83d\ude00 a\rb";
        String document =
                new XmlWriter("Delete").begin("Object").text("Key", text).toString();

        XmlElement read = XmlElement.parse(document.getBytes(UTF_8), "Delete");

        assertThat(read.children("Object").get(0).need("Key")).isEqualTo(text);
    }

    @Test
    void whatXmlCannotCarryIsReplaced() {
        assertThat(new XmlWriter("a").text("b", "x\u0000\u0001y").toString()).contains("<b>x\ufffd\ufffdy</b>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<Delete>",
                "<Other/>",
                "{}",
                "<!DOCTYPE Delete [<!ENTITY e SYSTEM 'file:///etc/hostname'>]><Delete>&e;</Delete>",
                "<!DOCTYPE Delete><Delete/>"
            })
    void isRefused(String document) {
        assertThatThrownBy(() -> XmlElement.parse(document.getBytes(UTF_8), "Delete"))
                .isInstanceOfSatisfying(
                        Refusal.class, refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.MALFORMED_XML));
    }
}
