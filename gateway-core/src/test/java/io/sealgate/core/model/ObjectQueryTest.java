package io.sealgate.core.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ObjectQueryTest {

    @ParameterizedTest
    @ValueSource(
            strings = {"versionId", "response-content-type", "RESPONSE-Expires", "q-signature", "x-cos-traffic-limit"})
    void harmlessParametersLeaveTheObjectAsItIs(String name) {
        assertThat(ObjectQuery.mayProcess(List.of(new QueryParameter(name, "1"))))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"imageMogr2/thumbnail/100x", "ci-process", "watermark", "select", "anything-new", ""})
    void everythingElseMayMakeOtherBytesOfIt(String name) {
        assertThat(ObjectQuery.mayProcess(List.of(new QueryParameter(name, "1"))))
                .isTrue();
    }

    @Test
    void oneOfManyIsEnough() {
        assertThat(ObjectQuery.mayProcess(
                        List.of(new QueryParameter("versionId", "1"), new QueryParameter("imageView2", ""))))
                .isTrue();
        assertThat(ObjectQuery.mayProcess(List.of())).isFalse();
    }
}
