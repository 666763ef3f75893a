package io.sealgate.core.planning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.keys.UploadId;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.CosTarget;
import io.sealgate.core.rewrite.TargetEncoder;
import org.jspecify.annotations.Nullable;

/**
 * Tells the client which key its object has, and in place of the origin's id of an upload one that carries the key.
 *
 * @param key      decoded
 * @param location of the object on the host that the client asked, or {@code null} if the answer does not say that there is one
 * @param longestBody as in {@link AnswerEdit}
 */
record KeyedAnswer(String key, @Nullable String location, int longestBody) implements AnswerEdit {

    static final String HEADER = "x-sealgate-key";

    private static final String OPENING = "<UploadId>";
    private static final String CLOSING = "</UploadId>";

    /** An answer to Initiate has a few hundred bytes besides a bucket and a key. */
    private static final int LONGEST_INITIATED = 64 * 1024;

    /** COS lists no more than 1,000 parts at a time (COS document 436/7747), in about 200 bytes each. */
    private static final int LONGEST_PARTS = 1024 * 1024;

    /** For {@code operation} on the object {@code key}; {@code asked} is the target that the client asked for. */
    static KeyedAnswer of(CosOperation operation, CosTarget asked, String key) {
        return switch (operation) {
            case PUT_OBJECT, COMPLETE_MULTIPART -> new KeyedAnswer(key, location(asked, key), 0);
            case INITIATE_MULTIPART -> new KeyedAnswer(key, null, LONGEST_INITIATED);
            case LIST_PARTS -> new KeyedAnswer(key, null, LONGEST_PARTS);
            default -> new KeyedAnswer(key, null, 0);
        };
    }

    private static String location(CosTarget asked, String key) {
        return asked.isBucketInPath() ? '/' + asked.bucket() + TargetEncoder.path(key) : TargetEncoder.path(key);
    }

    @Override
    public String chosenKey() {
        return key;
    }

    @Override
    public void editHead(HttpHeaders headers) {
        headers.set(HEADER, TargetEncoder.path(key).substring(1));
        if (location != null) {
            headers.set(HttpHeaderNames.LOCATION, location);
        }
        if (longestBody > 0) {
            headers.remove(HttpHeaderNames.CONTENT_MD5); // of the body as it was
        }
    }

    /** Puts the key in front of the id where it stands: the rest stays byte for byte. */
    @Override
    public byte @Nullable [] editBody(byte[] body) {
        String text = new String(body, UTF_8);
        int at = text.indexOf(OPENING) + OPENING.length();
        boolean isOne = at >= OPENING.length()
                && text.indexOf(CLOSING) > at
                && text.indexOf(OPENING, at) < 0
                && text.indexOf(CLOSING) == text.lastIndexOf(CLOSING);
        return isOne ? (text.substring(0, at) + UploadId.prefix(key) + text.substring(at)).getBytes(UTF_8) : null;
    }
}
