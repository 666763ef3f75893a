package io.sealgate.core.planning;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/**
 * Recognises one JSON object (RFC 8259) in UTF-8 and nothing beside it. As with XML, what two parsers can disagree about is refused: a byte
 * order mark, a name that is given twice, half of a surrogate pair, anything that the grammar does not have.
 */
final class JsonObject {

    private static final int MAX_DEPTH = 16;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private JsonObject() {}

    static boolean isOne(byte[] body) {
        InputStreamReader text =
                new InputStreamReader(new ByteArrayInputStream(body), StandardCharsets.UTF_8.newDecoder());
        try (JsonParser json = JSON.createParser(text)) {
            return !beginsWithMark(body) && json.nextToken() == JsonToken.START_OBJECT && isReadToTheEnd(json);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean beginsWithMark(byte[] body) {
        return new String(body, 0, Math.min(3, body.length), StandardCharsets.UTF_8).indexOf(BYTE_ORDER_MARK) == 0;
    }

    private static boolean isReadToTheEnd(JsonParser json) throws IOException {
        int depth = 1;
        for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
            if (depth == 0) {
                return false; // something beside it
            }
            depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
            boolean isText = token == JsonToken.FIELD_NAME || token == JsonToken.VALUE_STRING;
            if (isText && !StandardCharsets.UTF_8.newEncoder().canEncode(json.getText())) {
                return false;
            }
        }
        return true;
    }
}
