package io.sealgate.origin;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.DefaultFileRegion;
import io.netty.handler.codec.http.DefaultHttpContent;
import io.netty.handler.codec.http.LastHttpContent;
import java.io.IOException;
import java.nio.channels.FileChannel;

/**
 * Writes one answer's body, as fast as the peer takes it and not faster: a file whole to the kernel where nothing has to
 * look at the bytes, else chunk by chunk while the channel is writable. Confined to the channel's event loop. The
 * answer's file is the pump's from the start; the pump closes it.
 */
final class BodyPump {
    private static final int CHUNK = 64 * 1024;

    /** How a body may end. */
    interface Listener {
        /** Everything was written, the end included. */
        void written();

        /** The faults want it to end here; all before this point was handed to the kernel. */
        void cut(FaultPlan.Cut how);
    }

    private final ChannelHandlerContext ctx;
    private final Answer answer;
    private final FaultPlan faults;
    private final Listener listener;
    private final boolean zeroCopy;
    private long sent;
    private boolean pumping;
    private boolean over;

    /** @param zeroCopy whether a file may go past the pipeline, which TLS does not allow */
    BodyPump(ChannelHandlerContext ctx, Answer answer, FaultPlan faults, boolean zeroCopy, Listener listener) {
        this.ctx = ctx;
        this.answer = answer;
        this.faults = faults;
        this.listener = listener;
        this.zeroCopy = zeroCopy && faults.leavesBodyAlone();
    }

    /**
     * Writes what can be written now; to be called again whenever the channel becomes writable. Writing and flushing
     * change writability, so calls come from within this method too: those leave the work to the loop under way.
     */
    void pump() {
        if (over || pumping) {
            return;
        }
        pumping = true;
        try {
            if (writeAll()) {
                finish();
            }
        } catch (IOException unreadable) {
            abort();
            listener.cut(FaultPlan.Cut.CLOSE);
        } finally {
            pumping = false;
        }
    }

    /** Returns whether everything is written; else the channel is full. */
    private boolean writeAll() throws IOException {
        if (zeroCopy && answer.body() instanceof Answer.Body.Slice slice && slice.length() > 0) {
            ctx.write(new DefaultFileRegion(slice.file(), slice.offset(), slice.length()));
            return true;
        }
        long end = Math.min(length(), faults.cutAt());
        while (sent < end && ctx.channel().isWritable()) {
            ctx.write(new DefaultHttpContent(next(end)));
            if (!ctx.channel().isWritable()) {
                ctx.flush();
            }
        }
        return sent >= end;
    }

    /** The exchange ended otherwise. */
    void abort() {
        over = true;
        answer.close();
    }

    private void finish() {
        over = true;
        if (faults.cutAt() < length()) {
            answer.close();
            afterFlush(() -> listener.cut(faults.cut()));
        } else {
            Channel channel = ctx.channel();
            ctx.writeAndFlush(LastHttpContent.EMPTY_LAST_CONTENT).addListener((ChannelFutureListener) done -> {
                answer.close();
                if (done.isSuccess()) {
                    listener.written();
                } else {
                    channel.close();
                }
            });
        }
    }

    private void afterFlush(Runnable then) {
        ctx.writeAndFlush(Unpooled.EMPTY_BUFFER).addListener((ChannelFutureListener) done -> then.run());
    }

    private long length() {
        return answer.body() instanceof Answer.Body.Withheld ? 0 : answer.body().length();
    }

    private ByteBuf next(long end) throws IOException {
        int wanted = (int) Math.min(CHUNK, end - sent);
        ByteBuf chunk = ctx.alloc().buffer(wanted, wanted);
        try {
            if (answer.body() instanceof Answer.Body.Slice slice) {
                fill(chunk, slice.file(), slice.offset() + sent, wanted);
            } else if (answer.body() instanceof Answer.Body.Text text) {
                chunk.writeBytes(text.bytes(), (int) sent, wanted);
            }
            long flip = faults.flipAt() - sent;
            if (flip >= 0 && flip < wanted) {
                chunk.setByte((int) flip, ~chunk.getByte((int) flip));
            }
            sent += wanted;
            return chunk;
        } catch (IOException | RuntimeException unreadable) {
            chunk.release();
            throw unreadable;
        }
    }

    private static void fill(ByteBuf chunk, FileChannel file, long offset, int wanted) throws IOException {
        while (chunk.readableBytes() < wanted) {
            int read = chunk.writeBytes(file, offset + chunk.readableBytes(), wanted - chunk.readableBytes());
            if (read < 0) {
                throw new IOException("object file: shorter than its description");
            }
        }
    }
}
