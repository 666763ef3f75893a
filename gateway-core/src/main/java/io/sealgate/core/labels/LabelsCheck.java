package io.sealgate.core.labels;

import io.sealgate.core.config.Problems;
import io.sealgate.core.config.UploadsConfig;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** Finds what is wrong with a route's labels before a client does. Confined to one check. */
public final class LabelsCheck {

    private static final Pattern META_NAME = Pattern.compile("(?!x-cos-)[a-z0-9]+(-[a-z0-9]+)*");

    private static final Form META = new Form(
            name -> META_NAME.matcher(name).matches(),
            "lower case and without x-cos-meta-, device for instance",
            text -> text.length() <= UploadLabels.MOST_META_BYTES,
            "up to " + UploadLabels.MOST_META_BYTES + " bytes");

    private static final Form TAG =
            new Form(ObjectTags::isName, ObjectTags.EXPECTED_NAME, ObjectTags::isPart, ObjectTags.EXPECTED_TEXT);

    private final Problems problems;
    private final boolean isForAnonymous;

    /** What names, and the words in texts, may be. */
    private record Form(Predicate<String> isName, String expectedName, Predicate<String> isPart, String expectedText) {}

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
        check.each(config.meta(), path + ".meta", META);
        check.each(config.tags(), path + ".tags", TAG);
        if (config.tags().size() > ObjectTags.MOST) {
            problems.add(
                    path + ".tags", "tags: " + config.tags().size() + " (expected: at most " + ObjectTags.MOST + ")");
        }
    }

    private void each(Map<String, String> templates, String path, Form form) {
        templates.forEach((name, text) -> {
            String where = path + '.' + name;
            if (!form.isName().test(name)) {
                problems.add(where, "name: " + name + " (expected: " + form.expectedName() + ")");
            }
            try {
                check(LabelTemplate.parse(text), text, where, form);
            } catch (IllegalArgumentException e) {
                problems.add(where, String.valueOf(e.getMessage()));
            }
        });
    }

    private void check(LabelTemplate template, String text, String where, Form form) {
        if (!form.isPart().test(template.words())) {
            problems.add(where, "label: " + text + " (expected: " + form.expectedText() + ")");
        }
        if (!template.tellsClientsApart()) {
            problems.add(
                    where,
                    "label: " + text + " (expected: one variable of the client's, or client.serial or"
                            + " client.fingerprint beside it: two clients could have the same label)");
        }
        if (isForAnonymous && !template.clientVariables().isEmpty()) {
            problems.add(
                    where,
                    "label: " + text + " (expected: no variables of the client's, the route allows anonymous clients)");
        }
    }
}
