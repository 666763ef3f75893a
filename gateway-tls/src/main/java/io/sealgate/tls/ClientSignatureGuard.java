package io.sealgate.tls;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.util.ReferenceCountUtil;
import io.sealgate.core.spi.HandshakeRefusal;

/**
 * Refuses clients that prove their key in TLS 1.2 with a signature over SHA-1. BoringSSL asks for such signatures
 * last of all, but does ask, and netty-tcnative cannot make it stop. Stands before the TLS handler, changes no
 * byte, and removes itself once the signature has been seen or what follows is encrypted. Confined to its
 * connection's event loop.
 */
final class ClientSignatureGuard extends ChannelInboundHandlerAdapter {

    /**
     * A record with the fatal alert handshake_failure (RFC 5246 §7.2), in clear text as all of the handshake so
     * far.
     */
    private static final byte[] ALERT = {21, 3, 3, 0, 2, 2, 40};

    private final ClientHandshakeScanner scanner = new ClientHandshakeScanner();
    private boolean isRefused;

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        if (isRefused) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof ByteBuf bytes) {
            scanner.scan(bytes);
        }
        if (scanner.isWeak()) {
            isRefused = true;
            ReferenceCountUtil.release(message);
            refuse(ctx);
            return;
        }
        if (scanner.isSettled()) {
            // Before the bytes go on: whoever reads them may close the connection, and the pipeline is gone with it.
            ctx.pipeline().remove(this);
        }
        ctx.fireChannelRead(message);
    }

    /** The record that refuses a handshake. Returns owned. */
    static ByteBuf alert(ByteBufAllocator allocator) {
        return allocator.buffer(ALERT.length).writeBytes(ALERT);
    }

    private void refuse(ChannelHandlerContext ctx) {
        ctx.writeAndFlush(alert(ctx.alloc())).addListener(ChannelFutureListener.CLOSE_ON_FAILURE);
        // The reader of this closes the connection, as after any failed handshake.
        ctx.fireExceptionCaught(new WeakSignatureException(scanner.signature()));
    }

    /** Without a client's name: whoever makes such a signature has not proved any. */
    static final class WeakSignatureException extends RefusedCertificateException {

        private static final long serialVersionUID = 1L;

        WeakSignatureException(int scheme) {
            super(
                    HandshakeRefusal.WEAK_ALGORITHM,
                    "CertificateVerify: signature scheme 0x%04x (expected: SHA-256 or better)".formatted(scheme));
        }
    }
}
