package io.sealgate.certs;

import java.math.BigInteger;

/** Serial numbers as people see them: hexadecimal, as {@code openssl x509 -serial} and browsers show them. */
public final class SerialNumber {
    private SerialNumber() {}

    /** Reads hexadecimal, with or without colons, in either case. */
    public static BigInteger parse(String text) {
        String digits = text.replace(":", "");
        if (!digits.matches("-?[0-9A-Fa-f]+")) {
            throw new CertsException("serial: " + text + " (expected: hexadecimal such as 4f:a0:09 or 4FA009)");
        }
        return new BigInteger(digits, 16);
    }

    public static String format(BigInteger serial) {
        return serial.toString(16);
    }
}
