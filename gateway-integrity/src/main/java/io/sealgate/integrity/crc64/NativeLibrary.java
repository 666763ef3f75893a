package io.sealgate.integrity.crc64;

/** The shared libraries that have a CRC-64/XZ of their own, the faster first. */
enum NativeLibrary {
    /** Intel's ISA-L: {@code uint64_t crc64_ecma_refl(uint64_t seed, const unsigned char *buf, uint64_t len)}. */
    ISAL("isal", "libisal.so.2", "crc64_ecma_refl", true),
    /** XZ Utils, on nearly every Linux: {@code uint64_t lzma_crc64(const uint8_t *buf, size_t size, uint64_t crc)}. */
    LZMA("lzma", "liblzma.so.5", "lzma_crc64", false);

    private final String kernel;
    private final String soname;
    private final String symbol;
    private final boolean checksumFirst;

    NativeLibrary(String kernel, String soname, String symbol, boolean checksumFirst) {
        this.kernel = kernel;
        this.soname = soname;
        this.symbol = symbol;
        this.checksumFirst = checksumFirst;
    }

    /** What the kernel made of it is called. */
    String kernel() {
        return kernel;
    }

    /** By this the dynamic linker finds it: the name with the number of its binary interface, which a development link has not. */
    String soname() {
        return soname;
    }

    String symbol() {
        return symbol;
    }

    /** Whether the checksum comes before address and length, or after them. Both take and return it complemented, as it is shown. */
    boolean checksumFirst() {
        return checksumFirst;
    }
}
