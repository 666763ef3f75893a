package io.sealgate.core.error;

/** The error codes that the gateway itself answers with, as COS spells them, each with its HTTP status. */
public enum CosErrorCode {
    BAD_DIGEST("BadDigest", 400),
    ENTITY_TOO_LARGE("EntityTooLarge", 400),
    ENTITY_TOO_SMALL("EntityTooSmall", 400),
    INCOMPLETE_BODY("IncompleteBody", 400),
    INVALID_ARGUMENT("InvalidArgument", 400),
    INVALID_DIGEST("InvalidDigest", 400),
    INVALID_PART("InvalidPart", 400),
    INVALID_PART_ORDER("InvalidPartOrder", 400),
    INVALID_REQUEST("InvalidRequest", 400),
    INVALID_URI("InvalidURI", 400),
    KEY_TOO_LONG("KeyTooLong", 400),
    MALFORMED_POLICY("MalformedPolicy", 400),
    MALFORMED_XML("MalformedXML", 400),
    REQUEST_TIMEOUT("RequestTimeout", 400),
    ACCESS_DENIED("AccessDenied", 403),
    NO_SUCH_BUCKET("NoSuchBucket", 404),
    NO_SUCH_KEY("NoSuchKey", 404),
    NO_SUCH_ROUTE("NoSuchKey", 404),
    NO_SUCH_UPLOAD("NoSuchUpload", 404),
    METHOD_NOT_ALLOWED("MethodNotAllowed", 405),
    FILE_ALREADY_EXISTS("FileAlreadyExists", 409),
    MISSING_CONTENT_LENGTH("MissingContentLength", 411),
    PRECONDITION_FAILED("PreconditionFailed", 412),
    EXPECTATION_FAILED("ExpectationFailed", 417),
    MISDIRECTED_REQUEST("MisdirectedRequest", 421),
    HEADER_TOO_LARGE("RequestHeaderSectionTooLarge", 431),
    INTERNAL_ERROR("InternalError", 500),
    NOT_IMPLEMENTED("NotImplemented", 501),
    BAD_GATEWAY("BadGateway", 502),
    SERVICE_UNAVAILABLE("ServiceUnavailable", 503),
    SLOW_DOWN("SlowDown", 503),
    GATEWAY_TIMEOUT("GatewayTimeout", 504);

    private final String code;
    private final int status;

    CosErrorCode(String code, int status) {
        this.code = code;
        this.status = status;
    }

    /** The text of the {@code Code} element. */
    public String code() {
        return code;
    }

    /** HTTP status. */
    public int status() {
        return status;
    }
}
