package io.sealgate.core.cam;

import java.util.List;

/** One kind of mistake that policies are searched for. */
interface LintRule {

    /**
     * Looks at one statement.
     *
     * @param policy all statements of the policy, this one too
     */
    void look(WrittenStatement statement, List<WrittenStatement> policy, Remarks remarks);

    /** Takes what is found. */
    interface Remarks {
        void add(String path, PolicyAdvice advice, String what, String value);
    }
}
