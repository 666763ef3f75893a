package io.sealgate.origin;

/** Errors as COS writes them: XML with the five children SDKs look for. */
final class Errors {
    private Errors() {}

    /** The error a refusal stands for; any other failure is the origin's own. */
    static Answer of(Exception failure, RequestHead head, RequestIds ids) {
        Refusal refusal = failure instanceof Refusal refused
                ? refused
                : new Refusal(
                        ErrorCode.INTERNAL_ERROR,
                        "The origin failed: " + failure.getClass().getName());
        XmlWriter document = document(refusal.code().text(), refusal.text(), head, ids);
        refusal.details().forEach(document::text);
        return traced(refusal.code().status(), refusal.headers(), document, ids);
    }

    /** An error that a fault asks for, with whatever status and code. */
    static Answer of(int status, String code, RequestHead head, RequestIds ids) {
        return traced(status, Headers.none(), document(code, "The origin was told to answer so.", head, ids), ids);
    }

    /** The 200 that is an error after all: COS may keep a slow Complete or Copy alive with white space first. */
    static Answer inside200(String code, RequestHead head, RequestIds ids) {
        String late =
                document(code, "The origin was told to answer so.", head, ids).toString();
        // The declaration must not follow white space (XML 1.0 §2.8).
        String body = " \n \n" + late.substring(late.indexOf('\n') + 1);
        return Answer.ok(Headers.none().and("Content-Type", "application/xml")).withBody(new Answer.Body.Text(body));
    }

    private static Answer traced(int status, Headers headers, XmlWriter document, RequestIds ids) {
        return Answer.xml(status, headers.and("x-cos-trace-id", ids.traceId()), document);
    }

    private static XmlWriter document(String code, String message, RequestHead head, RequestIds ids) {
        return new XmlWriter("Error")
                .text("Code", code)
                .text("Message", message)
                .text("Resource", head.headers().first("Host").orElse("") + head.path())
                .text("RequestId", ids.requestId())
                .text("TraceId", ids.traceId());
    }
}
