package io.sealgate.origin;

/** How keys are written in listings: as they are, or percent-encoded on request, because XML cannot carry every key. */
enum KeyEncoding {
    NONE,
    URL;

    static KeyEncoding of(CosRequest request) {
        String asked = request.query().first("encoding-type").orElse("");
        return switch (asked) {
            case "" -> NONE;
            case "url" -> URL;
            default -> throw new Refusal(ErrorCode.INVALID_ARGUMENT, "The encoding-type can only be url.");
        };
    }

    /** Slashes stay, as in COS's own listings. */
    String apply(String key) {
        return this == NONE ? key : Percent.encode(key).replace("%2F", "/");
    }
}
