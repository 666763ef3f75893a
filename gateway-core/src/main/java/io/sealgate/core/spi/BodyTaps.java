package io.sealgate.core.spi;

import io.sealgate.core.error.GatewayError;
import java.util.List;

/** The taps for one body, or the reason why that body must not even begin. */
public sealed interface BodyTaps {

    /** Feed these, in this order. An empty list means that nothing is watched and nothing need be withheld. */
    record Watch(List<BodyTap> taps) implements BodyTaps {
        public Watch {
            taps = List.copyOf(taps);
        }
    }

    /**
     * What was sent is not the object's bytes: decode it, and feed these with the result.
     *
     * @param decoder asked to {@link BodyDecoder#finish} before the taps are
     */
    record Decode(BodyDecoder decoder, List<BodyTap> taps) implements BodyTaps {
        public Decode {
            taps = List.copyOf(taps);
        }
    }

    /** The head alone shows that the body cannot be accepted, for example a malformed digest. */
    record Refuse(GatewayError error) implements BodyTaps {}
}
