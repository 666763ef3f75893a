package io.sealgate.origin;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** Receives a small body, XML or none, whole and hands it, its Content-MD5 verified, to an operation. */
final class SmallBody implements Step.Receiver {
    /** Ten thousand parts of a Complete fit with room to spare. */
    private static final int LARGEST = 4 << 20;

    /** What is done with the document. */
    @FunctionalInterface
    interface Operation {
        Answer apply(byte[] document) throws IOException;
    }

    private final ContentMd5 md5;
    private final Operation operation;
    private final boolean slow;
    private final ByteArrayOutputStream document = new ByteArrayOutputStream();

    private SmallBody(CosRequest request, boolean slow, Operation operation) {
        this.md5 = ContentMd5.of(request);
        this.operation = operation;
        this.slow = slow;
    }

    static Step receive(CosRequest request, Operation operation) {
        return new Step.Receive(new SmallBody(request, false, operation));
    }

    /** For an operation that copies whole files. */
    static Step receiveSlow(CosRequest request, Operation operation) {
        return new Step.Receive(new SmallBody(request, true, operation));
    }

    @Override
    public void write(ByteBuf bytes) throws IOException {
        if (document.size() + bytes.readableBytes() > LARGEST) {
            throw new Refusal(ErrorCode.ENTITY_TOO_LARGE, "The body is larger than " + LARGEST + " bytes.");
        }
        bytes.getBytes(bytes.readerIndex(), document, bytes.readableBytes());
    }

    @Override
    public Answer finish() throws IOException {
        byte[] whole = document.toByteArray();
        md5.verify(() -> Digests.md5(whole));
        return operation.apply(whole);
    }

    @Override
    public void abort() {}

    @Override
    public boolean slow() {
        return slow;
    }
}
