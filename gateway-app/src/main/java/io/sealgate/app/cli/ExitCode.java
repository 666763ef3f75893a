package io.sealgate.app.cli;

/** What the program's exit code says; part of its interface. */
final class ExitCode {

    static final int GOOD = 0;
    static final int UNEXPECTED = 1;
    static final int USAGE = 2;
    static final int DENIED = 3;
    static final int DEMO_FAILED = 4;
    static final int DRAIN_DEADLINE_PASSED = 5;

    private ExitCode() {}
}
