package io.sealgate.integrity;

import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;

/** Reads checksums out of header values, strictly: what another reader could take for a different value is no value. */
final class ChecksumHeaders {

    static final String CRC64 = "x-cos-hash-crc64ecma";

    private static final int MD5_BYTES = 16;

    /** Of 2⁶⁴ - 1, all digits but the last. */
    private static final long LARGEST_TENTH = Long.divideUnsigned(-1, 10);

    private static final int LARGEST_LAST_DIGIT = (int) Long.remainderUnsigned(-1, 10);

    private ChecksumHeaders() {}

    /** The digest behind a {@code Content-MD5} value (RFC 1864): exactly the base64 form of 16 bytes. */
    static Optional<byte[]> contentMd5(String value) {
        return base64(value, MD5_BYTES);
    }

    /** The digest behind exactly the base64 form of {@code bytes} bytes. */
    static Optional<byte[]> base64(String value, int bytes) {
        if (value.length() != (bytes + 2) / 3 * 4) {
            return Optional.empty();
        }
        try {
            byte[] digest = Base64.getDecoder().decode(value);
            // The decoder ignores the unused bits of the last character; only one spelling is right.
            return digest.length == bytes && base64(digest).equals(value) ? Optional.of(digest) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The digest behind {@code bytes} bytes in hexadecimal, in lower or upper case. */
    static Optional<byte[]> hex(String value, int bytes) {
        if (value.length() != 2 * bytes) {
            return Optional.empty();
        }
        try {
            return Optional.of(HexFormat.of().parseHex(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** A digest in lower-case hexadecimal. */
    static String hex(byte[] digest) {
        return HexFormat.of().formatHex(digest);
    }

    /** A digest as {@code Content-MD5} and S3's own fields have it. */
    static String base64(byte[] digest) {
        return Base64.getEncoder().encodeToString(digest);
    }

    /**
     * The checksum behind an {@code x-cos-hash-crc64ecma} value: unsigned decimal without sign or leading zeros. Digit by digit: the
     * JDK's own takes a microsecond, which nearly every download would pay.
     */
    static Optional<Long> crc64(String value) {
        boolean hasLeadingZero = value.length() > 1 && value.charAt(0) == '0';
        if (value.isEmpty() || hasLeadingZero) {
            return Optional.empty();
        }
        long number = 0;
        for (int i = 0; i < value.length(); i++) {
            int digit = value.charAt(i) - '0';
            if (digit < 0 || digit > 9 || wouldOverflow(number, digit)) {
                return Optional.empty();
            }
            number = number * 10 + digit;
        }
        return Optional.of(number);
    }

    private static boolean wouldOverflow(long unsigned, int digit) {
        int order = Long.compareUnsigned(unsigned, LARGEST_TENTH);
        return order > 0 || (order == 0 && digit > LARGEST_LAST_DIGIT);
    }
}
