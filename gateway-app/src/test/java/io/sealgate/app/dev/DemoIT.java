package io.sealgate.app.dev;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class DemoIT {

    @Test
    void everyStepOfTheDemonstrationHolds() throws Exception {
        StringWriter table = new StringWriter();

        boolean held = new Demo(new PrintWriter(table)).play();

        assertThat(table.toString()).doesNotContain("✗").contains("Every step held.");
        assertThat(held).isTrue();
    }
}
