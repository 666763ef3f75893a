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

    /**
     * What was found.
     *
     * @param crls  those that are good, in their order
     * @param flaws why others are not; empty if all are good, of which there is at least one then
     */
    record Content(List<Crl> crls, List<CrlException> flaws) {

        Content {
            crls = List.copyOf(crls);
            flaws = List.copyOf(flaws);
        }

        static Content of(CrlException flaw) {
            return new Content(List.of(), List.of(flaw));
        }
    }

    /** The lists of {@code file}, each judged by itself. */
    static Content read(Path file, Reading reading) throws IOException {
        try {
            check(file);
        } catch (CrlException e) {
            return Content.of(e);
        }
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, reading);
        }
    }

    /** The same for the content of a file, or of what could be one. Closes the stream. */
    static Content read(InputStream content, Reading reading) throws IOException {
        try (PushbackInputStream in = new PushbackInputStream(content, TWO_OCTETS)) {
            byte[] first = in.readNBytes(TWO_OCTETS);
            in.unread(first);
            return isDer(first)
                    ? new Content(List.of(der(new DerInput(in), reading)), List.of())
                    : pem(new PemCrlInput(in), reading);
        } catch (CrlException e) {
            return Content.of(e);
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

    /** A bad list does not keep the others from being used. Nothing behind damage to the PEM structure is read. */
    private static Content pem(PemCrlInput in, Reading reading) throws IOException {
        List<Crl> crls = new ArrayList<>();
        List<CrlException> flaws = new ArrayList<>();
        try {
            while (in.next()) {
                try {
                    crls.add(der(new DerInput(in), reading));
                } catch (CrlException e) {
                    flaws.add(new CrlException("CRL " + (crls.size() + flaws.size() + 1) + ": " + e.problem(), e));
                    in.skip();
                }
            }
        } catch (CrlException e) {
            flaws.add(e);
        }
        if (crls.isEmpty() && flaws.isEmpty()) {
            flaws.add(new CrlException("CRLs: none (expected: one in DER, or at least one in PEM)"));
        }
        return new Content(crls, flaws);
    }
}
