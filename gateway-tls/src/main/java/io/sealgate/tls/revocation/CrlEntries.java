package io.sealgate.tls.revocation;

import static io.sealgate.tls.revocation.DerInput.ENUMERATED;
import static io.sealgate.tls.revocation.DerInput.INTEGER;
import static io.sealgate.tls.revocation.DerInput.SEQUENCE;

import java.io.IOException;

/**
 * Reads {@code revokedCertificates} (RFC 5280 §5.1.2.6), which is nearly all of a large list, without an object for each entry.
 * An entry revokes whatever its date and its reason are, even {@code removeFromCRL}, which has no business in a complete list.
 * Confined to one list.
 */
final class CrlEntries {

    private static final int REASON_CODE = 0x55_1D_15; // 2.5.29.21
    private static final int INVALIDITY_DATE = 0x55_1D_18; // 2.5.29.24, adds nothing to the fact
    private static final int CERTIFICATE_ISSUER = 0x55_1D_1D; // 2.5.29.29

    private final DerInput in;
    private final boolean extensionsAllowed;
    private final RevokedSerials.Builder serials = new RevokedSerials.Builder();
    private final byte[] integer = new byte[RevokedSerials.LONGEST + 1];

    /**
     * Reads from {@code in}, whose last header was that of the list of entries.
     *
     * @param extensionsAllowed false for lists of version 1
     */
    CrlEntries(DerInput in, boolean extensionsAllowed) {
        this.in = in;
        this.extensionsAllowed = extensionsAllowed;
    }

    RevokedSerials read() throws IOException {
        long end = in.end();
        while (in.position() < end) {
            in.header(SEQUENCE, end, "an entry");
            entry(in.end());
        }
        return serials.build();
    }

    private void entry(long end) throws IOException {
        in.header(INTEGER, end, "a serial number");
        int length = serial();
        int tag = in.header(end);
        if (!Der.isTime(tag) || !Der.isTimeLength(tag, in.end() - in.position())) {
            throw CrlException.malformed(in.position(), "entry without a time", "a revocation date");
        }
        in.skipTo(in.end());
        int reason = in.position() < end ? extensions(end) : RevocationReason.UNSPECIFIED.code();
        serials.add(integer, length, reason);
    }

    private int serial() throws IOException {
        long length = in.end() - in.position();
        if (length == 0 || length > integer.length) {
            throw serial(length);
        }
        in.octets(integer, 0, (int) length);
        if (length == integer.length && integer[0] != 0) {
            throw serial(length);
        }
        return (int) length;
    }

    private CrlException serial(long length) {
        return CrlException.malformed(
                in.position(), "serial number of " + length + " octets", "1 to " + RevokedSerials.LONGEST);
    }

    /** Returns the code of the reason. */
    private int extensions(long entryEnd) throws IOException {
        if (!extensionsAllowed) {
            throw CrlException.malformed(in.position(), "entry with extensions", "none in a CRL of version 1");
        }
        in.header(SEQUENCE, entryEnd, "entry extensions");
        if (in.end() != entryEnd) {
            throw CrlException.malformed(in.position(), "entry with more than extensions", "its end");
        }
        int reason = RevocationReason.UNSPECIFIED.code();
        while (in.position() < entryEnd) {
            in.header(SEQUENCE, entryEnd, "an entry extension");
            long end = in.end();
            int id = ExtensionHead.id(in, end);
            boolean critical = ExtensionHead.critical(in, end);
            if (id == REASON_CODE) {
                reason = reason(end);
            } else {
                refuse(id, critical);
                in.skipTo(end);
            }
        }
        return reason;
    }

    /** RFC 5280 §5.3: a list with a critical entry extension that is not understood must not be used. */
    private void refuse(int id, boolean critical) throws CrlException {
        if (id == CERTIFICATE_ISSUER) {
            throw new CrlException("entry with a certificate issuer: an indirect CRL (expected: a CA's own CRL)");
        }
        if (critical && id != INVALIDITY_DATE) {
            throw CrlException.malformed(in.position(), "unknown critical entry extension", "none");
        }
    }

    private int reason(long end) throws IOException {
        in.header(ENUMERATED, end, "a reason code");
        if (in.end() != end || end - in.position() != 1) {
            throw CrlException.malformed(in.position(), "reason code of several octets", "one");
        }
        return in.octet();
    }
}
