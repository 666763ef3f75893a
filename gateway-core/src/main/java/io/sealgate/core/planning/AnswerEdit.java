package io.sealgate.core.planning;

import io.netty.handler.codec.http.HttpHeaders;
import org.jspecify.annotations.Nullable;

/** What a plan changes in an origin's answer that says success, on its way to the client. Any other answer passes as it is. Pure. */
public interface AnswerEdit {

    /** Changes {@code headers}, in place, when all that is not for the client is gone from them. */
    void editHead(HttpHeaders headers);

    /** How long a body may be to be changed, which takes all of it to be there; 0 if it passes as it comes. */
    int longestBody();

    /** The object's key if the gateway has chosen it, decoded; else {@code null}. */
    default @Nullable String chosenKey() {
        return null;
    }

    /** How many keys of the request the client may not touch, and is told so in the answer. */
    default int deniedKeys() {
        return 0;
    }

    /** The body that the client gets, or {@code null} if this is none that can be changed. */
    byte @Nullable [] editBody(byte[] body);
}
