package io.sealgate.integrity;

import io.netty.buffer.ByteBuf;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.TapResult;
import java.util.Locale;

/** Says why a body was not verified, and leaves its bytes alone. Immutable. */
record UncheckedTap(String algorithm, Reason reason) implements BodyTap {

    /** Why there is no verdict: the closed set behind {@link TapResult.NotChecked#reason()}. */
    enum Reason {
        /** The route does not ask for it. */
        OFF,
        /** Nobody said what the checksum should be; old and copied objects have none. */
        ABSENT,
        /** There is a signature, but the key that it was made with is not known here. */
        NO_KEY,
        /** Only a range is sent, but the checksum is always of the whole object. */
        PARTIAL,
        /** The bytes may be an encoding of the object made in passing. */
        ENCODED,
        /** The request asks for something made from the object. */
        PROCESSED,
        /** The origin has not said yet, or not said at all, that it has stored it. */
        UNANSWERED,
        /** The checksum is of all that the piece was appended to, which is not remembered, and cannot be asked for. */
        APPENDED,
        /** The origin was asked what there is to append to, and did not say. */
        HEAD_FAILED,
        /** The object is not the one any more that was remembered, or that the origin spoke of. */
        CHANGED,
        /** Parts were not sent through this process, or not lately, or sent again elsewhere. */
        UNSEEN_PARTS;

        String label() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    @Override
    public void update(ByteBuf chunk) {}

    @Override
    public TapResult finish() {
        return new TapResult.NotChecked(algorithm, "", reason.label());
    }

    @Override
    public boolean judges() {
        return false;
    }
}
