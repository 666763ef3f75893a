package io.sealgate.core.keys;

import java.util.random.RandomGenerator;

/** Crockford's alphabet: 5 bits a character, without letters that are taken for others. Sorts like the bits it stands for. */
final class Crockford {

    private static final String ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private static final int BITS = 5;
    private static final int MASK = (1 << BITS) - 1;

    private Crockford() {}

    /** {@code length} characters of 5 random bits each. */
    static String random(RandomGenerator random, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        StringBuilder text = new StringBuilder(length);
        for (byte each : bytes) {
            text.append(ALPHABET.charAt(each & MASK));
        }
        return text.toString();
    }

    /** The last {@code length} characters of {@code number}. */
    static String number(long number, int length) {
        StringBuilder text = new StringBuilder(length);
        for (int shift = (length - 1) * BITS; shift >= 0; shift -= BITS) {
            text.append(ALPHABET.charAt((int) (number >> shift) & MASK));
        }
        return text.toString();
    }

    /** Whether {@code text} has no other characters. */
    static boolean isAll(String text) {
        return text.chars().allMatch(each -> ALPHABET.indexOf(each) >= 0);
    }
}
