package io.sealgate.tls.revocation;

import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;

/** A file with one list in DER, or with any number in PEM. What it is its first octets tell. */
final class CrlFile {

    /** Some seven million entries; more is a mistake, and until the signature is verified anybody's. */
    private static final long LARGEST = 256L << 20;

    private static final int TWO_OCTETS = 2;

    private CrlFile() {}

    /** Makes a list of what {@code in} has next. */
    interface Reading {
        Crl read(DerInput in) throws IOException;
    }

    /** All lists of {@code file} in their order, at least one. */
    static List<Crl> read(Path file, Reading reading) throws IOException {
        check(file);
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, reading);
        }
    }

    /** The same for the content of a file, or of what could be one. Closes the stream. */
    static List<Crl> read(InputStream content, Reading reading) throws IOException {
        try (PushbackInputStream in = new PushbackInputStream(content, TWO_OCTETS)) {
            byte[] first = in.readNBytes(TWO_OCTETS);
            in.unread(first);
            return isDer(first) ? List.of(der(new DerInput(in), reading)) : pem(new PemCrlInput(in), reading);
        }
    }

    private static void check(Path file) throws IOException {
        try {
            if (!Files.readAttributes(file, BasicFileAttributes.class).isRegularFile()) {
                throw new CrlException("file: " + file + " (expected: a file)");
            }
        } catch (NoSuchFileException e) {
            throw new CrlException("file: " + file + " (expected: a file that exists)", e);
        }
        long size = Files.size(file);
        if (size == 0 || size > LARGEST) {
            throw new CrlException("file: " + file + " of " + size + " bytes (expected: 1 to " + LARGEST + ")");
        }
    }

    /** A sequence longer than 127 octets, as every list is: nothing that text begins with. */
    private static boolean isDer(byte[] first) {
        return first.length == TWO_OCTETS && first[0] == DerInput.SEQUENCE && first[1] < 0;
    }

    private static Crl der(DerInput in, Reading reading) throws IOException {
        Crl crl = reading.read(in);
        if (!in.isExhausted()) {
            throw CrlException.malformed(in.position(), "more than a CRL", "the end of the file");
        }
        return crl;
    }

    private static List<Crl> pem(PemCrlInput in, Reading reading) throws IOException {
        List<Crl> crls = new ArrayList<>();
        while (in.next()) {
            try {
                crls.add(der(new DerInput(in), reading));
            } catch (CrlException e) {
                throw new CrlException("CRL " + (crls.size() + 1) + ": " + e.problem(), e);
            }
        }
        if (crls.isEmpty()) {
            throw new CrlException("CRLs: none (expected: one in DER, or at least one in PEM)");
        }
        return crls;
    }
}
