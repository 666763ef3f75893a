package io.sealgate.app.dev;

/**
 * One step of the demonstration.
 *
 * @param promise what it shows, as a sentence
 * @param check   throws if it does not hold
 */
record DemoStep(String promise, Check check) {

    /** Why the promise does not hold; empty if it does. */
    String play() {
        try {
            check.run();
            return "";
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return "interrupted";
        } catch (Exception | AssertionError e) {
            return String.valueOf(e.getMessage() == null ? e : e.getMessage());
        }
    }

    /** What a step does. */
    @FunctionalInterface
    interface Check {
        void run() throws Exception;
    }
}
