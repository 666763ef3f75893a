package io.sealgate.app.config;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLParser;
import io.sealgate.app.config.YamlNode.Kind;
import io.sealgate.core.config.Problems;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML, or JSON, into {@link YamlNode}s, keeping line numbers and refusing what makes a configuration mean
 * something else than it seems to: keys given twice, keys without a value, aliases, a second document. Confined to one
 * reading.
 */
final class YamlTree {

    private static final String SECTIONS = "keys such as version, listeners, origins, routes";

    private final Problems problems;
    private final JsonParser parser;

    private YamlTree(JsonParser parser, Problems problems) {
        this.parser = parser;
        this.problems = problems;
    }

    /**
     * The tree of {@code text}. What is wrong but does not hinder reading goes to {@code problems}.
     *
     * @throws YamlSyntaxException if it cannot be read as one YAML section
     */
    static YamlNode.Mapping read(String text, Problems problems) throws YamlSyntaxException {
        try (YAMLParser parser = new YAMLFactory().createParser(text)) {
            return new YamlTree(parser, problems).document();
        } catch (JsonProcessingException e) {
            // The parser's message quotes the offending lines, and a line may hold a secret: only its prose is
            // repeated.
            throw new YamlSyntaxException(line(e), "YAML: " + prose(e), e);
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot fail to be read", e);
        }
    }

    /**
     * The tree of a JSON text, read with the same care.
     *
     * @throws YamlSyntaxException if it cannot be read as one JSON object
     */
    static YamlNode.Mapping readJson(String text, Problems problems) throws YamlSyntaxException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            return new YamlTree(parser, problems).document();
        } catch (JsonProcessingException e) {
            throw new YamlSyntaxException(line(e), "JSON: " + prose(e), e);
        } catch (IOException e) {
            throw new IllegalStateException("a string cannot fail to be read", e);
        }
    }

    private YamlNode.Mapping document() throws IOException, YamlSyntaxException {
        if (parser.nextToken() == null) {
            throw new YamlSyntaxException(1, "configuration: empty (expected: " + SECTIONS + ")", null);
        }
        if (!(node("") instanceof YamlNode.Mapping root)) {
            throw new YamlSyntaxException(1, "configuration: not a section (expected: " + SECTIONS + ")", null);
        }
        if (parser.nextToken() != null) {
            throw new YamlSyntaxException(currentLine(), "document: a second one (expected: one in a file)", null);
        }
        return root;
    }

    /** The node that begins at the current token, or {@code null} if there is none to speak of. */
    private @Nullable YamlNode node(String path) throws IOException {
        JsonToken token = parser.currentToken();
        if (parser instanceof YAMLParser yaml && yaml.isCurrentAlias()) {
            problems.add(path, "alias (expected: the value itself, aliases are not supported)");
            return null;
        }
        return switch (token) {
            case START_OBJECT -> mapping(path);
            case START_ARRAY -> sequence(path);
            case VALUE_TRUE, VALUE_FALSE -> scalar(Kind.BOOLEAN);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> scalar(Kind.NUMBER);
            case VALUE_NULL -> {
                problems.add(path, "empty (expected: a value; leave the key out for its default)");
                yield null;
            }
            default -> scalar(Kind.TEXT);
        };
    }

    private YamlNode mapping(String path) throws IOException {
        int line = currentLine();
        Map<String, YamlNode> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            String child = Paths.child(path, key);
            int keyLine = currentLine();
            parser.nextToken();
            YamlNode value = node(child);
            if (value != null && entries.putIfAbsent(key, value) != null) {
                problems.add(child, "given twice (expected: once; again on line " + keyLine + ")");
            }
        }
        return new YamlNode.Mapping(line, entries);
    }

    private YamlNode sequence(String path) throws IOException {
        int line = currentLine();
        List<YamlNode> items = new ArrayList<>();
        for (int index = 0; parser.nextToken() != JsonToken.END_ARRAY; index++) {
            YamlNode item = node(Paths.item(path, index));
            if (item != null) {
                items.add(item);
            }
        }
        return new YamlNode.Sequence(line, items);
    }

    private YamlNode scalar(Kind kind) throws IOException {
        return new YamlNode.Scalar(currentLine(), parser.getText(), kind);
    }

    private int currentLine() {
        return parser.currentTokenLocation().getLineNr();
    }

    /** The parser does not always know, of what is nested too deep for instance. */
    private static int line(JsonProcessingException e) {
        JsonLocation location = e.getLocation();
        return location == null ? 1 : location.getLineNr();
    }

    /** The parser's own sentences, without the places and the quoted lines between them, which are indented. */
    private static String prose(JsonProcessingException e) {
        return e.getOriginalMessage()
                .lines()
                .filter(line -> !line.isBlank() && !Character.isWhitespace(line.charAt(0)))
                .reduce((first, second) -> first + ", " + second)
                .orElse("unreadable");
    }
}
