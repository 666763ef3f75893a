package io.sealgate.core.planning;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.error.XmlText;
import io.sealgate.core.planning.BatchDelete.Item;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a client may not delete of a batch: each has an {@code Error} of its own in the answer, beside what the origin says of the rest,
 * as COS does it (COS document 436/8289).
 *
 * @param denied at least one
 */
record DeniedItems(List<Denied> denied) implements AnswerEdit {

    /** An item, and why not. */
    record Denied(Item item, GatewayError.Denied error) {}

    private static final String CLOSING = "</DeleteResult>";

    /** The whole of an answer that has nothing to tell, as to a quiet batch. */
    private static final Pattern NOTHING_TOLD = Pattern.compile("(?s)(.*<DeleteResult[^<>]*?)\\s*/>\\s*");

    /** About 1,000 keys of 850 bytes, with versions, messages and escapes. */
    private static final int LONGEST = 8 * 1024 * 1024;

    DeniedItems {
        denied = List.copyOf(denied);
    }

    /** The answer if nothing is left to ask the origin for. */
    String document() {
        StringBuilder xml = new StringBuilder("<?xml version='1.0' encoding='utf-8' ?>\n<DeleteResult>");
        appendErrors(xml);
        return xml.append(CLOSING).toString();
    }

    @Override
    public int deniedKeys() {
        return denied.size();
    }

    @Override
    public void editHead(HttpHeaders headers) {
        headers.remove(HttpHeaderNames.CONTENT_MD5); // these are of the body as it was
        headers.remove(HttpHeaderNames.ETAG);
        headers.remove("x-cos-hash-crc64ecma");
    }

    @Override
    public int longestBody() {
        return LONGEST;
    }

    @Override
    public byte @Nullable [] editBody(byte[] body) {
        String text = new String(body, UTF_8);
        StringBuilder xml = new StringBuilder(text.length() + 256 * denied.size());
        Matcher nothing = NOTHING_TOLD.matcher(text);
        if (nothing.matches()) {
            appendErrors(xml.append(nothing.group(1)).append('>'));
            return xml.append(CLOSING).toString().getBytes(UTF_8);
        }
        int end = text.lastIndexOf(CLOSING);
        if (end < 0) {
            return null;
        }
        appendErrors(xml.append(text, 0, end));
        return xml.append(text, end, text.length()).toString().getBytes(UTF_8);
    }

    private void appendErrors(StringBuilder xml) {
        for (Denied one : denied) {
            xml.append("<Error>");
            one.item().appendName(xml);
            XmlText.element(xml, "Code", one.error().code().code());
            XmlText.element(xml, "Message", one.error().message());
            xml.append("</Error>");
        }
    }
}
