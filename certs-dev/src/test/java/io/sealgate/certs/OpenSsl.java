package io.sealgate.certs;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The {@code openssl} of this machine, as a second opinion on files; tests are skipped where there is none. */
final class OpenSsl {
    private OpenSsl() {}

    /** What openssl printed, both streams together; fails unless it exits with 0. */
    static String run(String... arguments) throws IOException, InterruptedException {
        assumeTrue(present(), "openssl is not on the PATH");
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError(String.join(" ", command) + "\n" + output);
        }
        return output;
    }

    private static boolean present() throws InterruptedException {
        try {
            Process process = new ProcessBuilder("openssl", "version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor() == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
