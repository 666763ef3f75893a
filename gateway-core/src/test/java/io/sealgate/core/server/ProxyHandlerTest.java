package io.sealgate.core.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.handler.codec.CorruptedFrameException;
import io.netty.handler.codec.EncoderException;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Exception;
import java.net.SocketException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ProxyHandlerTest {

    static Stream<Throwable> faultsOfClients() {
        return Stream.of(
                new SocketException("Connection reset"),
                new CorruptedFrameException("not TLS"),
                Http2Exception.streamError(1, Http2Error.PROTOCOL_ERROR, "content-length mismatch"),
                Http2Exception.connectionError(Http2Error.FLOW_CONTROL_ERROR, "window"));
    }

    @ParameterizedTest
    @MethodSource("faultsOfClients")
    void whatClientsCanCauseIsNoFaultOfTheGateway(Throwable cause) {
        assertThat(ProxyHandler.isTheClients(cause)).isTrue();
    }

    @Test
    void whatTheGatewayCannotSendIsItsOwn() {
        Http2Exception cause = Http2Exception.streamError(1, Http2Error.PROTOCOL_ERROR, "invalid header name");

        assertThat(ProxyHandler.isTheClients(new EncoderException(cause))).isFalse();
        assertThat(ProxyHandler.isTheClients(new IllegalStateException("bug"))).isFalse();
    }
}
