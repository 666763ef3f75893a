package io.sealgate.certs;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An authority's memory: the number of its latest CRL, and every certificate it issued with what became of it. A value;
 * {@link LedgerFile} keeps it.
 */
record Ledger(long crlNumber, List<LedgerEntry> entries) {
    static final Ledger EMPTY = new Ledger(0, List.of());

    Ledger {
        entries = List.copyOf(entries);
    }

    Optional<LedgerEntry> find(BigInteger serial) {
        return entries.stream().filter(entry -> entry.serial().equals(serial)).findFirst();
    }

    /** With {@code entry} added; a serial is issued once (RFC 5280 §4.1.2.2), or revoking it would hit two. */
    Ledger adding(LedgerEntry entry) {
        if (find(entry.serial()).isPresent()) {
            throw new CertsException("serial: " + SerialNumber.format(entry.serial())
                    + " is taken (expected: one this authority has not issued)");
        }
        return new Ledger(
                crlNumber, Stream.concat(entries.stream(), Stream.of(entry)).toList());
    }

    /** With the certificate of that serial revoked. Revoking it again changes nothing: the first date and reason stand. */
    Ledger revoking(Revocation revocation) {
        BigInteger serial = revocation.serial();
        if (find(serial).isEmpty()) {
            throw new CertsException(
                    "serial: " + SerialNumber.format(serial) + " (expected: one this authority has issued)");
        }
        return new Ledger(
                crlNumber,
                entries.stream()
                        .map(entry ->
                                entry.serial().equals(serial) && !entry.revoked() ? entry.with(revocation) : entry)
                        .toList());
    }

    /** With the number the next CRL is to carry. */
    Ledger countingCrl() {
        return new Ledger(crlNumber + 1, entries);
    }

    RevocationList revocations() {
        return new RevocationList(
                crlNumber,
                entries.stream()
                        .map(LedgerEntry::revocation)
                        .filter(Objects::nonNull)
                        .toList());
    }
}
