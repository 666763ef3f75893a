package io.sealgate.tls;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** OpenSSL's {@code s_client}, with a device's certificate. */
final class Openssl {

    private final List<String> identity;

    private Openssl(List<String> identity) {
        this.identity = identity;
    }

    /** Skips the test where there is no OpenSSL; {@code device} as {@link Issued#write} has left it. */
    static Openssl require(CertificateConfig device, Path serverRoot) throws InterruptedException {
        boolean installed;
        try {
            installed = new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException e) {
            installed = false;
        }
        assumeTrue(installed, "openssl is not installed: its s_client cannot be tried");
        return new Openssl(List.of(
                "-cert",
                String.valueOf(device.chain()),
                "-key",
                String.valueOf(device.key()),
                "-CAfile",
                serverRoot.toString()));
    }

    /** Runs until it has got an echo, so that tickets had their time to arrive, or has failed; returns what was printed. */
    String connect(int port, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("openssl", "s_client", "-connect", "127.0.0.1:" + port));
        command.addAll(identity);
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        // A client that gets no answer would be waited for without end.
        CompletableFuture.delayedExecutor(20, TimeUnit.SECONDS).execute(process::destroyForcibly);
        String output = converse(process);
        process.waitFor();
        return output;
    }

    private static String converse(Process process) throws IOException {
        StringBuilder output = new StringBuilder();
        try (Writer in = process.outputWriter(StandardCharsets.US_ASCII);
                BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
            write(in, "echo please\n");
            boolean asked = false;
            for (String line = out.readLine(); line != null; line = out.readLine()) {
                output.append(line).append('\n');
                if (!asked && line.endsWith("echo please")) {
                    asked = true;
                    write(in, "Q\n");
                }
            }
        }
        return output.toString();
    }

    /** A client whose handshake has failed does not listen any more; what it printed is still worth reading. */
    private static void write(Writer in, String text) {
        try {
            in.write(text);
            in.flush();
        } catch (IOException e) {
            return;
        }
    }
}
