package io.sealgate.tls.revocation;

import static io.sealgate.tls.revocation.DerInput.BOOLEAN;
import static io.sealgate.tls.revocation.DerInput.OBJECT_IDENTIFIER;
import static io.sealgate.tls.revocation.DerInput.OCTET_STRING;

import java.io.IOException;

/** What every {@code Extension} begins with (RFC 5280 §4.1): its id, whether it is critical, and the wrapping of its value. */
final class ExtensionHead {

    /** An id that is not three octets long, and so none of {@code 2.5.29}. */
    static final int FOREIGN = -1;

    private static final int TRUE = 0xFF;

    private ExtensionHead() {}

    /** Reads the id: the three octets of one of {@code 2.5.29}, or {@link #FOREIGN}. */
    static int id(DerInput in, long end) throws IOException {
        in.header(OBJECT_IDENTIFIER, end, "an extension's id");
        if (in.end() - in.position() == 3) {
            return (in.octet() << 16) | (in.octet() << 8) | in.octet();
        }
        in.skipTo(in.end());
        return FOREIGN;
    }

    /** Reads up to the extension's value, which ends with the extension. */
    static boolean critical(DerInput in, long end) throws IOException {
        boolean critical = false;
        int tag = in.header(end);
        if (tag == BOOLEAN) {
            critical = truth(in);
            tag = in.header(end);
        }
        if (tag != OCTET_STRING || in.end() != end) {
            throw CrlException.malformed(in.position(), "extension without a value", "one octet string");
        }
        return critical;
    }

    private static boolean truth(DerInput in) throws IOException {
        if (in.end() - in.position() != 1) {
            throw CrlException.malformed(in.position(), "boolean of several octets", "one");
        }
        int value = in.octet();
        // False is the default and has no business here, but means what it says.
        if (value != 0 && value != TRUE) {
            throw CrlException.malformed(in.position(), "boolean " + value, "0 or 255 (DER)");
        }
        return value == TRUE;
    }
}
