package io.sealgate.tls.revocation;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import org.jspecify.annotations.Nullable;

/** Small values of DER. */
final class Der {

    private static final int UTC_TIME_LENGTH = 13;
    static final int LONGEST_TIME = 15;

    private Der() {}

    /** A value with its header in front again. */
    static byte[] element(int tag, byte[] value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(value.length + 6);
        out.write(tag);
        int octets = (Integer.SIZE - Integer.numberOfLeadingZeros(value.length) + 7) / 8;
        if (value.length >= 0x80) {
            out.write(0x80 | octets);
            for (int i = octets - 1; i >= 0; i--) {
                out.write(value.length >>> (8 * i));
            }
        } else {
            out.write(value.length);
        }
        out.writeBytes(value);
        return out.toByteArray();
    }

    static boolean isTime(int tag) {
        return tag == DerInput.UTC_TIME || tag == DerInput.GENERALIZED_TIME;
    }

    /** True if a time may be so long (RFC 5280 §4.1.2.5: to the second, in UTC). */
    static boolean isTimeLength(int tag, long length) {
        return length == (tag == DerInput.UTC_TIME ? UTC_TIME_LENGTH : LONGEST_TIME);
    }

    /** A {@code UTCTime} or {@code GeneralizedTime}. */
    static Instant time(int tag, byte[] value) throws CrlException {
        String text = new String(value, StandardCharsets.ISO_8859_1);
        String digits = tag == DerInput.UTC_TIME ? century(text) + text : text;
        if (!isTime(tag) || !isTimeLength(tag, value.length) || !digits.matches("[0-9]{14}Z")) {
            throw malformed(null);
        }
        try {
            return LocalDateTime.of(
                            field(digits, 0, 4),
                            field(digits, 4, 6),
                            field(digits, 6, 8),
                            field(digits, 8, 10),
                            field(digits, 10, 12),
                            field(digits, 12, 14))
                    .toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw malformed(e);
        }
    }

    /** RFC 5280 §4.1.2.5.1: 50 to 99 lie in the twentieth century. */
    private static String century(String utcTime) {
        return utcTime.compareTo("50") < 0 ? "20" : "19";
    }

    private static int field(String digits, int from, int to) {
        return Integer.parseInt(digits, from, to, 10);
    }

    private static CrlException malformed(@Nullable DateTimeException cause) {
        String problem = "time: malformed (expected: RFC 5280 §4.1.2.5, to the second and in UTC)";
        return cause == null ? new CrlException(problem) : new CrlException(problem, cause);
    }
}
