package io.sealgate.core.cam;

import io.sealgate.core.cam.Operator.Family;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** What conditions may be about: a closed list. What each means is {@link Question}'s to know. */
enum ConditionKey {
    IP("qcs:ip", Source.CONNECTION, "", Family.IP),
    CURRENT_TIME("qcs:current_time", Source.CONNECTION, "", Family.DATE),
    REQUEST_TAG("qcs:request_tag", Source.TAGS, "x-cos-tagging", Family.STRING),
    SECURE_TRANSPORT("cos:secure-transport", Source.CONNECTION, "", Family.BOOL),
    TLS_VERSION("cos:tls-version", Source.CONNECTION, "", Family.NUMERIC),
    HOST("cos:host", Source.CONNECTION, "", Family.STRING),
    PREFIX("cos:prefix", Source.QUERY, "prefix", Family.STRING),
    DELIMITER("cos:delimiter", Source.QUERY, "delimiter", Family.STRING),
    MAX_KEYS("cos:max-keys", Source.QUERY, "max-keys", Family.NUMERIC),
    VERSION_ID("cos:versionid", Source.QUERY, "versionId", Family.STRING),
    RESPONSE_CONTENT_TYPE("cos:response-content-type", Source.QUERY, "response-content-type", Family.STRING),
    CONTENT_LENGTH("cos:content-length", Source.CONNECTION, "", Family.NUMERIC),
    CONTENT_TYPE("cos:content-type", Source.HEADER, "content-type", Family.STRING),
    ACL("cos:x-cos-acl", Source.ACCESS, "x-cos-acl", Family.STRING),
    GRANT_READ("cos:x-cos-grant-read", Source.ACCESS, "x-cos-grant-read", Family.STRING),
    GRANT_WRITE("cos:x-cos-grant-write", Source.ACCESS, "x-cos-grant-write", Family.STRING),
    GRANT_READ_ACP("cos:x-cos-grant-read-acp", Source.ACCESS, "x-cos-grant-read-acp", Family.STRING),
    GRANT_WRITE_ACP("cos:x-cos-grant-write-acp", Source.ACCESS, "x-cos-grant-write-acp", Family.STRING),
    GRANT_FULL_CONTROL("cos:x-cos-grant-full-control", Source.ACCESS, "x-cos-grant-full-control", Family.STRING),
    STORAGE_CLASS("cos:x-cos-storage-class", Source.HEADER, "x-cos-storage-class", Family.STRING),
    FORBID_OVERWRITE("cos:x-cos-forbid-overwrite", Source.HEADER, "x-cos-forbid-overwrite", Family.STRING, Family.BOOL),
    LOCK_MODE("cos:object-lock-mode", Source.LOCK, "x-cos-object-lock-mode", Family.STRING),
    LOCK_DAYS(
            "cos:object-lock-remaining-retention-days",
            Source.LOCK,
            "x-cos-object-lock-retain-until-date",
            Family.NUMERIC);

    /** Where a value comes from. */
    enum Source {
        CONNECTION,
        HEADER,
        /** A header that may also be said in the body of {@code PUT ?acl}. */
        ACCESS,
        /** A header that may also be said in the body of {@code PUT ?tagging}. */
        TAGS,
        /** A header that may also be said in the body of {@code PUT ?retention}. */
        LOCK,
        /** A parameter: policies spell its values percent-encoded. */
        QUERY
    }

    private final String text;
    private final Source source;
    private final String field;

    @SuppressWarnings("ImmutableEnumChecker") // unmodifiable
    private final Set<Family> families;

    ConditionKey(String text, Source source, String field, Family... families) {
        this.text = text;
        this.source = source;
        this.field = field;
        this.families = Set.of(families);
    }

    String text() {
        return text;
    }

    Source source() {
        return source;
    }

    /** Name of the header or parameter. */
    String field() {
        return field;
    }

    boolean takes(Operator operator) {
        return operator.family() == Family.NULL || families.contains(operator.family());
    }

    static Optional<ConditionKey> of(String text) {
        return Arrays.stream(values()).filter(key -> key.text.equals(text)).findFirst();
    }

    /** All of them, for messages. */
    static String all() {
        return Arrays.stream(values()).map(ConditionKey::text).collect(Collectors.joining(", "));
    }
}
