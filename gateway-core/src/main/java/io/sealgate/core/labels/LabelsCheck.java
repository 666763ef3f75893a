package io.sealgate.core.labels;

import io.sealgate.core.config.Problems;
import io.sealgate.core.config.UploadsConfig;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds what is wrong with a route's labels before a client does. Confined to one check. */
public final class LabelsCheck {

    private static final Pattern META_NAME = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");
    private static final String EXPECTED_META_NAME = "lower case, device for instance";

    private final Problems problems;
    private final boolean isForAnonymous;

    private LabelsCheck(Problems problems, boolean isForAnonymous) {
        this.problems = problems;
        this.isForAnonymous = isForAnonymous;
    }

    /**
     * Reports names and texts that cannot be.
     *
     * @param isForAnonymous whether clients without a certificate may use the route
     */
    public static void run(UploadsConfig config, boolean isForAnonymous, Problems problems, String path) {
        LabelsCheck check = new LabelsCheck(problems, isForAnonymous);
        check.each(
                config.meta(),
                path + ".meta",
                name -> META_NAME.matcher(name).matches(),
                EXPECTED_META_NAME,
                text -> true);
        check.each(config.tags(), path + ".tags", ObjectTags::isName, ObjectTags.EXPECTED_NAME, ObjectTags::isText);
        if (config.tags().size() > ObjectTags.MOST) {
            problems.add(
                    path + ".tags", "tags: " + config.tags().size() + " (expected: at most " + ObjectTags.MOST + ")");
        }
    }

    private void each(
            Map<String, String> templates,
            String path,
            Predicate<String> isName,
            String expectedName,
            Predicate<String> isText) {
        templates.forEach((name, text) -> {
            String where = path + '.' + name;
            if (!isName.test(name)) {
                problems.add(where, "name: " + name + " (expected: " + expectedName + ")");
            }
            try {
                checkTemplate(LabelTemplate.parse(text), text, where, isText);
            } catch (IllegalArgumentException e) {
                problems.add(where, String.valueOf(e.getMessage()));
            }
        });
    }

    private void checkTemplate(LabelTemplate template, String text, String where, Predicate<String> isText) {
        if (!isText.test(template.words())) {
            problems.add(where, "label: " + text + " (expected: " + ObjectTags.EXPECTED_TEXT + ")");
        }
        if (isForAnonymous && template.namesClient()) {
            problems.add(
                    where,
                    "label: " + text + " (expected: no variables of the client's, the route allows anonymous clients)");
        }
    }
}
