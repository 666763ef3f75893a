package io.sealgate.origin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FaultScriptTest {
    private static final RequestHead GET = new RequestHead(1, 1, "GET", "/a?uploads", Headers.none());
    private static final RequestHead PUT = new RequestHead(1, 2, "PUT", "/a", Headers.none());

    @Test
    void aRuleIsSpentOnlyByRequestsItMatches() {
        FaultScript script = new FaultScript().next(RequestMatcher.method("GET"), new Fault.Stall());

        assertThat(script.take(PUT)).isEmpty();
        assertThat(script.take(GET)).containsExactly(new Fault.Stall());
        assertThat(script.take(GET)).isEmpty();
    }

    @Test
    void rulesOfOneRequestMeetInOrder() {
        FaultScript script = new FaultScript()
                .always(RequestMatcher.any(), new Fault.Stall())
                .times(2, RequestMatcher.parameter("uploads"), new Fault.ChunkedBody());

        assertThat(script.take(GET)).containsExactly(new Fault.Stall(), new Fault.ChunkedBody());
        assertThat(script.pending()).isEqualTo(1);
    }

    @Test
    void everyKindOfFaultHasAPlaceInThePlan() {
        List<Fault> one = List.of(
                new Fault.Delay(Duration.ZERO),
                new Fault.Stall(),
                new Fault.StallAfter(1),
                new Fault.ResetAfter(1),
                new Fault.Truncate(1),
                new Fault.FlipByte(1),
                new Fault.ChunkedBody(),
                new Fault.ResetOnRequestBody(1),
                new Fault.EarlyAnswer(503, "SlowDown", Fault.EarlyAnswer.Then.CLOSE),
                new Fault.Interim(103),
                new Fault.FlipStoredByte(0),
                new Fault.WrongCrcHeader(),
                new Fault.Header("ETag", null),
                new Fault.CloseReused(),
                new Fault.DropBeforeResponse(),
                new Fault.ErrorInBody("InternalError"));

        assertThat(one.stream().map(Object::getClass).toList())
                .containsExactlyInAnyOrderElementsOf(
                        Stream.of(Fault.class.getPermittedSubclasses()).toList());
        assertThatCode(() -> FaultPlan.of(one)).doesNotThrowAnyException();
    }
}
