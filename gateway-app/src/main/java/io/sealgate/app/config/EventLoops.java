package io.sealgate.app.config;

/**
 * How many event loops serve; each has a thread of its own.
 *
 * @param count 0 leaves it to the number of processors
 */
public record EventLoops(int count) {

    static final String EXPECTED = "auto or a number from 1 to 1024";
    static final EventLoops AUTO = new EventLoops(0);

    private static final int MOST = 1024;

    /**
     * Reads {@code auto} or a number.
     *
     * @throws IllegalArgumentException if the text is neither
     */
    public static EventLoops parse(String text) {
        if (text.equals("auto")) {
            return AUTO;
        }
        if (text.matches("[1-9]\\d{0,3}") && Integer.parseInt(text) <= MOST) {
            return new EventLoops(Integer.parseInt(text));
        }
        throw new IllegalArgumentException("event loops: " + text + " (expected: " + EXPECTED + ")");
    }

    @Override
    public String toString() {
        return count == 0 ? "auto" : Integer.toString(count);
    }
}
