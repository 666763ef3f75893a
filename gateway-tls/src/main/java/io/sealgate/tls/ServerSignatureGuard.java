package io.sealgate.tls;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.ssl.SslHandler;
import io.netty.util.ReferenceCountUtil;
import io.netty.util.concurrent.Promise;
import javax.net.ssl.SSLHandshakeException;

/**
 * Refuses servers that prove their key in TLS 1.2 with a signature over SHA-1, and makes none for them: BoringSSL does
 * both as a last resort, and netty-tcnative cannot make it stop. Stands before the TLS handler, changes no byte, and
 * removes itself once both signatures have been seen or what follows is encrypted. Confined to its connection's event
 * loop.
 */
final class ServerSignatureGuard extends ChannelDuplexHandler {

    private final ClientHandshakeScanner server = ClientHandshakeScanner.ofServer();
    private final ClientHandshakeScanner own = new ClientHandshakeScanner();
    private boolean isRefused;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (passes(ctx, server, message, "ServerKeyExchange")) {
            ctx.fireChannelRead(message);
        } else {
            ReferenceCountUtil.release(message);
        }
    }

    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
        if (passes(ctx, own, message, "CertificateVerify")) {
            ctx.write(message, promise);
        } else {
            ReferenceCountUtil.release(message);
            promise.tryFailure(new SSLHandshakeException("handshake: refused (expected: SHA-256 or better)"));
        }
    }

    private boolean passes(ChannelHandlerContext ctx, ClientHandshakeScanner scanner, Object message, String what) {
        if (!isRefused && message instanceof ByteBuf bytes) {
            scanner.scan(bytes);
            if (scanner.isWeak()) {
                isRefused = true;
                refuse(ctx, what, scanner.signature());
            } else if (server.isSettled() && own.isSettled()) {
                // Before the bytes go on, as their reader may close the connection.
                ctx.pipeline().remove(this);
            }
        }
        return !isRefused;
    }

    /** Fails the handshake by its own promise: Netty would only say that the connection was closed. */
    @SuppressWarnings("unchecked") // what SslHandler hands out is the promise that it keeps
    private static void refuse(ChannelHandlerContext ctx, String what, int scheme) {
        ctx.writeAndFlush(ClientSignatureGuard.alert(ctx.alloc())).addListener(ChannelFutureListener.CLOSE);
        SslHandler tls = ctx.pipeline().get(SslHandler.class);
        ((Promise<Channel>) tls.handshakeFuture())
                .tryFailure(new SSLHandshakeException(
                        what + ": signature scheme 0x%04x (expected: SHA-256 or better)".formatted(scheme)));
    }
}
