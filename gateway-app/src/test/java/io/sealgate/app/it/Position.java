package io.sealgate.app.it;

/** Where a body is spoilt. */
enum Position {
    FIRST_BYTE,
    MIDDLE,
    LAST_BYTE,
    AFTER_LAST_BYTE;

    /** The offset of that byte in a body of {@code size} bytes. */
    int of(int size) {
        return switch (this) {
            case FIRST_BYTE -> 0;
            case MIDDLE -> size / 2;
            case LAST_BYTE -> size - 1;
            case AFTER_LAST_BYTE -> size;
        };
    }
}
