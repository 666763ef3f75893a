package io.sealgate.certs;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The ledger as a text file, one certificate a line, fields parted by tabs. An unreadable line is an error, not skipped:
 * it might be a revocation.
 */
final class LedgerFile {
    private static final String HEADER = "# serial\tnot after\trevoked at\treason\tsubject";
    private static final String CRL_NUMBER = "crl-number\t";
    private static final String NONE = "-";

    private LedgerFile() {}

    static Ledger read(Path file) {
        List<String> lines = readLines(file);
        if (lines.size() < 2 || !lines.get(0).equals(HEADER) || !lines.get(1).startsWith(CRL_NUMBER)) {
            throw new CertsException("ledger: " + file + " (expected: the file this program wrote)");
        }
        try {
            long crlNumber = Long.parseLong(lines.get(1).substring(CRL_NUMBER.length()));
            List<LedgerEntry> entries = new ArrayList<>();
            for (String line : lines.subList(2, lines.size())) {
                entries.add(parse(line));
            }
            return new Ledger(crlNumber, entries);
        } catch (IllegalArgumentException | DateTimeException e) {
            throw new CertsException("ledger: " + file + ": " + e.getMessage() + " (expected: five fields a line)", e);
        }
    }

    static void write(Path file, Ledger ledger) {
        StringBuilder text = new StringBuilder(HEADER).append('\n');
        text.append(CRL_NUMBER).append(ledger.crlNumber()).append('\n');
        for (LedgerEntry entry : ledger.entries()) {
            text.append(format(entry)).append('\n');
        }
        AtomicFile.writePublic(file, text.toString().getBytes(StandardCharsets.UTF_8), WriteMode.REPLACE);
    }

    private static List<String> readLines(Path file) {
        try {
            return Files.readAllLines(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new CertsException("ledger: " + file + ": " + e + " (expected: a readable file)", e);
        }
    }

    private static LedgerEntry parse(String line) {
        String[] fields = line.split("\t", 5);
        if (fields.length != 5) {
            throw new IllegalArgumentException(line);
        }
        BigInteger serial = new BigInteger(fields[0], 16);
        Revocation revocation = fields[2].equals(NONE)
                ? null
                : new Revocation(serial, Instant.parse(fields[2]), RevocationReason.valueOf(fields[3]));
        return new LedgerEntry(serial, Instant.parse(fields[1]), fields[4], revocation);
    }

    private static String format(LedgerEntry entry) {
        Revocation revocation = entry.revocation();
        return String.join(
                "\t",
                SerialNumber.format(entry.serial()),
                entry.notAfter().toString(),
                revocation == null ? NONE : revocation.at().toString(),
                revocation == null ? NONE : revocation.reason().name(),
                entry.subject());
    }
}
