package io.sealgate.integrity.crc64;

import static java.lang.invoke.MethodType.methodType;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Optional;

/**
 * Reaches {@code java.lang.foreign}, which is final since JDK 22, by name: this is compiled for JDK 17, which has no such types.
 * Nothing here is fast; the handles that it returns are. Stateless; thread-safe.
 */
final class ForeignFunctions {

    private static final String PACKAGE = "java.lang.foreign.";
    private static final int LEAST_JDK = 22;

    private ForeignFunctions() {}

    /**
     * A function of three 64-bit integers that returns another, as a handle of type {@code (long, long, long)long}: an address
     * is a {@code long} like any other. The library stays loaded for the life of the process.
     *
     * @param library name by which the dynamic linker finds it
     * @throws KernelUnavailableException if this JDK, its options or the machine do not have it
     */
    static MethodHandle threeLongs(String library, String symbol) throws KernelUnavailableException {
        requireNativeAccess();
        try {
            return downcall(address(library, symbol));
        } catch (InvocationTargetException e) {
            throw new KernelUnavailableException(
                    library + ": " + e.getTargetException().getMessage());
        } catch (ReflectiveOperationException e) {
            throw new KernelUnavailableException("java.lang.foreign: " + e.getMessage());
        }
    }

    /**
     * Where the memory of a direct {@code ByteBuffer} begins, at its position: a handle of type {@code (ByteBuffer)long}.
     *
     * @throws KernelUnavailableException if this JDK does not say
     */
    static MethodHandle addressOfBuffer() throws KernelUnavailableException {
        try {
            Class<?> segment = type("MemorySegment");
            MethodHandles.Lookup lookup = MethodHandles.publicLookup();
            MethodHandle ofBuffer = lookup.findStatic(segment, "ofBuffer", methodType(segment, Buffer.class));
            MethodHandle address = lookup.findVirtual(segment, "address", methodType(long.class));
            return MethodHandles.filterReturnValue(ofBuffer, address).asType(methodType(long.class, ByteBuffer.class));
        } catch (ReflectiveOperationException e) {
            throw new KernelUnavailableException("java.lang.foreign: " + e.getMessage());
        }
    }

    /** Without it a JDK up to now only warns, four lines on standard error, but later ones will refuse (JEP 472). */
    private static void requireNativeAccess() throws KernelUnavailableException {
        int jdk = Runtime.version().feature();
        if (jdk < LEAST_JDK) {
            throw new KernelUnavailableException("JDK: " + jdk + " (expected: " + LEAST_JDK + " or later)");
        }
        if (!NativeAccess.isGranted()) {
            throw new KernelUnavailableException("native access: none (expected: --enable-native-access=ALL-UNNAMED)");
        }
    }

    /** A {@code MemorySegment} that is the function. */
    private static Object address(String library, String symbol)
            throws ReflectiveOperationException, KernelUnavailableException {
        Class<?> arena = type("Arena");
        Class<?> lookup = type("SymbolLookup");
        Object forEver = arena.getMethod("global").invoke(null);
        Object symbols;
        try {
            symbols = lookup.getMethod("libraryLookup", String.class, arena).invoke(null, library, forEver);
        } catch (InvocationTargetException e) {
            if (e.getTargetException() instanceof IllegalArgumentException) {
                throw new KernelUnavailableException(library + ": not found");
            }
            throw e;
        }
        Optional<?> function =
                (Optional<?>) lookup.getMethod("find", String.class).invoke(symbols, symbol);
        return function.orElseThrow(() -> new KernelUnavailableException(library + ": has no " + symbol));
    }

    private static MethodHandle downcall(Object function) throws ReflectiveOperationException {
        Class<?> linker = type("Linker");
        Class<?> layout = type("MemoryLayout");
        Class<?> descriptor = type("FunctionDescriptor");
        Object layouts = Array.newInstance(layout, 3);
        Object longs = type("ValueLayout").getField("JAVA_LONG").get(null);
        Arrays.fill((Object[]) layouts, longs);
        Object signature =
                descriptor.getMethod("of", layout, layout.arrayType()).invoke(null, longs, layouts);
        // No options: a critical call would be a few nanoseconds faster, but the collector waits for it.
        Object options = Array.newInstance(type("Linker$Option"), 0);
        return (MethodHandle) linker.getMethod("downcallHandle", type("MemorySegment"), descriptor, options.getClass())
                .invoke(linker.getMethod("nativeLinker").invoke(null), function, signature, options);
    }

    private static Class<?> type(String name) throws ClassNotFoundException {
        return Class.forName(PACKAGE + name);
    }
}
