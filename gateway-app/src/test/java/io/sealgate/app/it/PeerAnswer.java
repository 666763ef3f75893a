package io.sealgate.app.it;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a client saw of one answer.
 *
 * @param interims statuses of the interim answers before it
 * @param status   0 if not even a head came
 * @param headers  by lower-case name
 * @param body     as far as it came
 * @param whole    whether the protocol's own rules let a client take it for complete
 */
record PeerAnswer(List<Integer> interims, int status, Map<String, String> headers, byte[] body, boolean whole) {

    /** In front of the name of a field that came after the body. */
    static final String TRAILER = "trailer ";

    /** For a client that saw the connection end before an answer. */
    static PeerAnswer none(List<Integer> interims) {
        return new PeerAnswer(interims, 0, Map.of(), new byte[0], false);
    }

    @Nullable
    String header(String name) {
        return headers.get(name.toLowerCase(Locale.ROOT));
    }

    /** Whether a client takes this for the origin's answer and for complete. */
    boolean isOriginsWhole() {
        return whole && header("x-sealgate-error") == null;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }
}
