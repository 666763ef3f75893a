package io.sealgate.core.planning;

/** Plans for the tests of what is done with them. */
public final class Plans {

    private Plans() {}

    /** The plan for {@code requestLine} (method and target) on a route whose origin the gateway signs for. */
    public static Plan.Forward signing(String requestLine, String... headers) {
        return forward(PlanFixture.signing(PlanFixture.route("/**", "all")), requestLine, headers);
    }

    /** The same where the client's own signature goes on. */
    public static Plan.Forward forwarding(String requestLine, String... headers) {
        return forward(PlanFixture.forwarding(PlanFixture.route("/**", "all")), requestLine, headers);
    }

    private static Plan.Forward forward(PlanFixture fixture, String requestLine, String... headers) {
        if (fixture.plan(requestLine, headers) instanceof Plan.Forward forward) {
            return forward;
        }
        throw new AssertionError(requestLine);
    }
}
