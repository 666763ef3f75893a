package io.sealgate.integrity.crc64;

import java.util.ArrayList;
import java.util.List;

/**
 * The kernel for this process.
 *
 * @param kernel     the one to use
 * @param passedOver those that would have come first, each with what was in the way, as in {@code isal: libisal.so.2: not found}
 */
public record KernelSelection(Crc64Kernel kernel, List<String> passedOver) {

    /** What the configuration asks for. */
    public enum Choice {
        /** The fastest that can be had. */
        AUTO,
        JAVA,
        ISAL,
        LZMA
    }

    public KernelSelection {
        passedOver = List.copyOf(passedOver);
    }

    /**
     * Finds the kernel. Takes some milliseconds, for what is native must first prove itself.
     *
     * @throws IllegalArgumentException if one is demanded that cannot be used here
     */
    public static KernelSelection of(Choice choice) {
        return of(choice, NativeCrc64::link);
    }

    static KernelSelection of(Choice choice, Linker linker) {
        return switch (choice) {
            case AUTO -> fastest(linker);
            case JAVA -> new KernelSelection(new JavaCrc64(), List.of());
            case ISAL -> demanded(NativeLibrary.ISAL, linker);
            case LZMA -> demanded(NativeLibrary.LZMA, linker);
        };
    }

    private static KernelSelection fastest(Linker linker) {
        Crc64Kernel java = new JavaCrc64();
        List<String> passedOver = new ArrayList<>();
        for (NativeLibrary library : NativeLibrary.values()) {
            try {
                Crc64Kernel candidate = verified(library, linker, java);
                if (KernelRace.isWon(candidate, java)) {
                    return new KernelSelection(candidate, passedOver);
                }
                passedOver.add(library.kernel() + ": not faster than java");
            } catch (KernelUnavailableException e) {
                passedOver.add(library.kernel() + ": " + e.reason());
            }
        }
        return new KernelSelection(java, passedOver);
    }

    /** Right or refused, but as slow as it may be: whoever names a kernel has reasons. */
    private static KernelSelection demanded(NativeLibrary library, Linker linker) {
        try {
            return new KernelSelection(verified(library, linker, new JavaCrc64()), List.of());
        } catch (KernelUnavailableException e) {
            throw new IllegalArgumentException(
                    "crc64-kernel: " + library.kernel() + " (expected: auto or java, not available here: " + e.reason()
                            + ")",
                    e);
        }
    }

    private static Crc64Kernel verified(NativeLibrary library, Linker linker, Crc64Kernel reference)
            throws KernelUnavailableException {
        Crc64Kernel candidate = linker.link(library);
        KernelCheck.verify(candidate, reference);
        return candidate;
    }

    /** Makes a kernel of a library. */
    interface Linker {
        Crc64Kernel link(NativeLibrary library) throws KernelUnavailableException;
    }
}
