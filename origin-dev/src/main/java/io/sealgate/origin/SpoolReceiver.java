package io.sealgate.origin;

import io.netty.buffer.ByteBuf;
import java.io.IOException;

/** Receives a body into a file, verifies its Content-MD5, and hands the finished file to an operation. */
final class SpoolReceiver implements Step.Receiver {
    /** What is done with the file, which is deleted afterwards unless it was moved away. */
    @FunctionalInterface
    interface Operation {
        Answer apply(Spool finished) throws IOException;
    }

    private final Spool spool;
    private final ContentMd5 md5;
    private final boolean slow;
    private final Operation operation;
    private long spoiltAt = FaultPlan.NEVER;

    SpoolReceiver(Spool spool, ContentMd5 md5, boolean slow, Operation operation) {
        this.spool = spool;
        this.md5 = md5;
        this.slow = slow;
        this.operation = operation;
    }

    @Override
    public void write(ByteBuf bytes) throws IOException {
        spool.write(bytes);
    }

    @Override
    public Answer finish() throws IOException {
        try (spool) {
            spool.finish();
            md5.verify(spool::md5);
            return spoiltAt < spool.size() ? applySpoilt() : operation.apply(spool);
        }
    }

    private Answer applySpoilt() throws IOException {
        try (Spool other = spool.invertedAt(spoiltAt)) {
            return operation.apply(other);
        }
    }

    @Override
    public void spoil(long offset) {
        spoiltAt = offset;
    }

    @Override
    public void abort() throws IOException {
        spool.close();
    }

    @Override
    public boolean slow() {
        return slow;
    }
}
