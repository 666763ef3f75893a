package io.sealgate.app.config;

import io.sealgate.core.cam.DocumentNode;
import io.sealgate.core.cam.Policy;
import io.sealgate.core.cam.PolicyLint;
import io.sealgate.core.cam.PolicyParser;
import io.sealgate.core.config.Problems;
import io.sealgate.core.config.ReadableFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads policies from JSON files, and what stands in the configuration for the same. */
public final class PolicyFile {

    /** Thousands of times what CAM takes. */
    private static final long MAX_BYTES = 64L << 20;

    private PolicyFile() {}

    /** Reads a policy; nothing and at least one problem, with file and line, if it is not good in every part. */
    public static Optional<Policy> read(String name, Path file, Problems problems, String path) {
        Problems found = new Problems();
        return tree(file, found, problems, path).flatMap(tree -> {
            Policy policy = PolicyParser.document(name, node(tree), found);
            add(found, file, tree, problems, path);
            return found.isEmpty() ? Optional.of(policy) : Optional.empty();
        });
    }

    /** Adds what may not be meant, with file and line, of a policy that was found good. */
    static void lint(Path file, Problems warnings, String path) {
        Problems found = new Problems();
        tree(file, found, new Problems(), path).ifPresent(tree -> {
            PolicyLint.document(node(tree), found);
            add(found, file, tree, warnings, path);
        });
    }

    private static void add(Problems found, Path file, YamlNode.Mapping tree, Problems problems, String path) {
        new LocatedProblems(file.toString(), tree)
                .locate(found.lines())
                .forEach(problem -> problems.add(path, problem));
    }

    /** What stands in a file, if that can be read at all; what is given twice goes to {@code found}. */
    private static Optional<YamlNode.Mapping> tree(Path file, Problems found, Problems problems, String path) {
        try {
            return Optional.of(YamlTree.readJson(text(file), found));
        } catch (YamlSyntaxException e) {
            problems.add(path, file.toString() + ':' + e.line() + ": " + e.text());
        } catch (CharacterCodingException e) {
            problems.add(path, "file: " + file + " (expected: text in UTF-8)");
        } catch (IOException e) {
            problems.add(path, String.valueOf(e.getMessage()));
        }
        return Optional.empty();
    }

    private static String text(Path file) throws IOException {
        byte[] bytes = ReadableFile.read(file, MAX_BYTES);
        return StandardCharsets.UTF_8
                .newDecoder()
                .decode(ByteBuffer.wrap(bytes))
                .toString();
    }

    /** A piece of a policy, whatever notation it was in. */
    static DocumentNode node(YamlNode node) {
        if (node instanceof YamlNode.Mapping mapping) {
            Map<String, DocumentNode> fields = new LinkedHashMap<>();
            mapping.entries().forEach((name, child) -> fields.put(name, node(child)));
            return new DocumentNode.Fields(fields);
        }
        return node instanceof YamlNode.Sequence sequence
                ? new DocumentNode.Items(
                        sequence.items().stream().map(PolicyFile::node).toList())
                : new DocumentNode.Text(((YamlNode.Scalar) node).text());
    }
}
