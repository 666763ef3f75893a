package io.sealgate.app.cli;

import io.sealgate.app.ContentDigests;
import io.sealgate.app.OperatorException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code sealgate hash}: a file's digests as COS shows them. */
@Command(name = "hash", description = "Print Content-MD5, ETag and CRC64 of a file as COS shows them.")
@SuppressWarnings("NullAway.Init") // picocli sets the fields
final class HashCommand implements Callable<Integer> {

    private static final String STANDARD_INPUT = "-";

    @Parameters(paramLabel = "FILE", description = "The file; - reads standard input.")
    private String file;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws OperatorException {
        try (InputStream bytes = open()) {
            ContentDigests digests = ContentDigests.of(bytes);
            spec.commandLine()
                    .getOut()
                    .printf(
                            "Content-MD5: %s%nETag: \"%s\"%nx-cos-hash-crc64ecma: %s%n",
                            digests.contentMd5(), digests.etag(), digests.crc64());
        } catch (IOException e) {
            throw new OperatorException("file: " + file + " cannot be read (expected: a readable file)", e);
        }
        return ExitCode.GOOD;
    }

    private InputStream open() throws IOException {
        return file.equals(STANDARD_INPUT) ? new Unclosed(System.in) : Files.newInputStream(Path.of(file));
    }

    /** Standard input is the process's, not ours to close. */
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public void close() {
            // stays open
        }
    }
}
