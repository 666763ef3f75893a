package io.sealgate.core.policy;

import io.sealgate.core.cam.Decision;
import io.sealgate.core.cam.PolicySet;
import io.sealgate.core.cam.RequestFacts;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.request.Route;

/** Learns of every question that policies are asked, for explanations. Called on the thread that plans; must not throw. */
@FunctionalInterface
public interface QuestionListener {

    /** Does not listen. */
    QuestionListener NONE = (route, policies, operation, key, facts, decision) -> {};

    /** What the {@code policies} of {@code route} were asked, and what they have said. */
    void asked(
            Route route, PolicySet policies, CosOperation operation, String key, RequestFacts facts, Decision decision);
}
