package io.sealgate.app.config;

import io.sealgate.core.cam.DocumentNode;
import io.sealgate.core.cam.Policy;
import io.sealgate.core.cam.PolicyParser;
import io.sealgate.core.config.Problems;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Reads policies from JSON files, and what stands in the configuration for the same. */
public final class PolicyFile {

    private PolicyFile() {}

    /** Reads a policy; nothing and at least one problem, with file and line, if it is not good in every part. */
    public static Optional<Policy> read(String name, Path file, Problems problems, String path) {
        YamlNode.Mapping tree;
        Problems found = new Problems();
        try {
            tree = YamlTree.readJson(Files.readString(file, StandardCharsets.UTF_8), found);
        } catch (YamlSyntaxException e) {
            problems.add(path, file.toString() + ':' + e.line() + ": " + e.text());
            return Optional.empty();
        } catch (CharacterCodingException e) {
            problems.add(path, "file: " + file + " (expected: text in UTF-8)");
            return Optional.empty();
        } catch (IOException e) {
            problems.add(path, "file: " + file + " (expected: a file that can be read)");
            return Optional.empty();
        }
        Policy policy = PolicyParser.document(name, node(tree), found);
        new LocatedProblems(file.toString(), tree)
                .locate(found.lines())
                .forEach(problem -> problems.add(path, problem));
        return found.isEmpty() ? Optional.of(policy) : Optional.empty();
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
