package io.sealgate.core.cam;

/** What is said of policies that work but seldom do what was meant: a closed list, each with the reason and a better form. */
public enum PolicyAdvice {
    ANY_RESOURCE("every key of the bucket", "the keys that clients need, ${bucket}/files/${client.cn}/*"),
    WHOLE_BUCKET("every key of the bucket", "a prefix, ${bucket}/files/${client.cn}/*"),
    ANY_ACTION("also what is served some day", "the actions that clients need, name/cos:GetObject"),
    OPEN_NAME("also the keys of clients whose names go on from there: dev1 matches dev10", "a slash behind the name"),
    JOINED_NAMES("two clients can have the same: a-b and c, a and b-c", "a slash between variables of the client's"),
    VALUE_NEVER_SENT("no request has this value", "a value that the key can have"),
    LITERAL_STAR("a star is only a star here", "string_like or string_not_like"),
    ABSENCE_ESCAPES("a request that leaves it out is not denied", "the same with _if_exist behind the operator"),
    MEDIA_TYPE_ESCAPES(
            "the same media type passes in capitals or with a parameter behind it",
            "string_like_ignore_case with * behind the type, or a list of the types that are allowed"),
    LENGTH_OF_A_PIECE(
            "it is the length of one request, and objects of many pieces have any size",
            "a statement of its own for PutObject"),
    GRANTS_ESCAPE(
            "grants in other headers are not denied",
            "for each a deny of its own, null_equal: {cos:x-cos-grant-read: false}"),
    ELSEWHERE(
            "it never applies on a route that names it: they are about another bucket, region or account",
            "${bucket} in place of the name"),
    UNSERVED("it never applies: no route that names it serves any of them", "actions that the route serves"),
    UPLOADS_OF_ANY_SIZE(
            "up to 5 GiB in one request",
            "a max-size, or numeric_less_than_equal: {cos:content-length: …} in every statement that allows uploads"),
    NAME_OF_SEVERAL_CAS("each of them can issue any name", "the issuers whose names are meant");

    private final String why;
    private final String better;

    PolicyAdvice(String why, String better) {
        this.why = why;
        this.better = better;
    }

    /** {@code what: value (why; better: …)}. */
    public String about(String what, String value) {
        return what + ": " + value + " (" + why + "; better: " + better + ')';
    }
}
