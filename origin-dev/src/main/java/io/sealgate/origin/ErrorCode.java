package io.sealgate.origin;

/** The COS error codes this origin gives, with their statuses. */
enum ErrorCode {
    BAD_DIGEST(400, "BadDigest"),
    INVALID_DIGEST(400, "InvalidDigest"),
    ENTITY_TOO_LARGE(400, "EntityTooLarge"),
    ENTITY_TOO_SMALL(400, "EntityTooSmall"),
    INVALID_ARGUMENT(400, "InvalidArgument"),
    INVALID_REQUEST(400, "InvalidRequest"),
    INVALID_URI(400, "InvalidURI"),
    KEY_TOO_LONG(400, "KeyTooLong"),
    INVALID_COPY_SOURCE(400, "InvalidCopySource"),
    INVALID_PART(400, "InvalidPart"),
    INVALID_PART_ORDER(400, "InvalidPartOrder"),
    MALFORMED_XML(400, "MalformedXML"),
    SSE_HEADER_NOT_ALLOWED(400, "SSEHeaderNotAllowed"),
    SSE_CONTENT_NOT_SUPPORTED(400, "SSEContentNotSupported"),
    SSEC_DECRYPT_HEADER_INVALID(400, "SsecDecryptHeaderInvalid"),
    ACCESS_DENIED(403, "AccessDenied"),
    SIGNATURE_DOES_NOT_MATCH(403, "SignatureDoesNotMatch"),
    INVALID_ACCESS_KEY_ID(403, "InvalidAccessKeyId"),
    REQUEST_TIME_TOO_SKEWED(403, "RequestTimeTooSkewed"),
    NO_SUCH_BUCKET(404, "NoSuchBucket"),
    NO_SUCH_BUCKET_POLICY(404, "NoSuchBucketPolicy"),
    NO_SUCH_CONFIGURATION(404, "NoSuchConfiguration"),
    NO_SUCH_CORS_CONFIGURATION(404, "NoSuchCORSConfiguration"),
    NO_SUCH_DOMAIN_CONFIGURATION(404, "NoSuchDomainConfiguration"),
    NO_SUCH_ENCRYPTION_CONFIGURATION(404, "NoSuchEncryptionConfiguration"),
    NO_SUCH_KEY(404, "NoSuchKey"),
    NO_SUCH_LIFECYCLE_CONFIGURATION(404, "NoSuchLifecycleConfiguration"),
    NO_SUCH_ORIGIN_CONFIGURATION(404, "NoSuchOriginConfiguration"),
    NO_SUCH_TAG_SET(404, "NoSuchTagSet"),
    NO_SUCH_UPLOAD(404, "NoSuchUpload"),
    NO_SUCH_VERSION(404, "NoSuchVersion"),
    NO_SUCH_WEBSITE_CONFIGURATION(404, "NoSuchWebsiteConfiguration"),
    REPLICATION_CONFIGURATION_NOT_FOUND(404, "ReplicationConfigurationNotFoundError"),
    NO_SUCH_COPY_SOURCE(404, "NoSuchCopySource"),
    METHOD_NOT_ALLOWED(405, "MethodNotAllowed"),
    FILE_ALREADY_EXISTS(409, "FileAlreadyExists"),
    PATH_CONFLICT(409, "PathConflict"),
    APPEND_POSITION(409, "AppendPositionErr"),
    OBJECT_NOT_APPENDABLE(409, "ObjectNotAppendable"),
    MISSING_CONTENT_LENGTH(411, "MissingContentLength"),
    PRECONDITION_FAILED(412, "PreconditionFailed"),
    INVALID_RANGE(416, "InvalidRange"),
    INTERNAL_ERROR(500, "InternalError"),
    NOT_IMPLEMENTED(501, "NotImplemented");

    private final int status;
    private final String text;

    ErrorCode(int status, String text) {
        this.status = status;
        this.text = text;
    }

    int status() {
        return status;
    }

    String text() {
        return text;
    }
}
