package io.sealgate.origin;

/** The log's own record of one request, written by its event loop under the log's lock. */
final class RequestTrace {
    private final OriginLog log;
    private final RequestHead head;
    private long bodyBytes;
    private boolean bodyComplete;
    private boolean committed;
    private int status;
    private boolean finished;

    RequestTrace(OriginLog log, RequestHead head) {
        this.log = log;
        this.head = head;
    }

    void received(long bytes) {
        log.change(() -> bodyBytes += bytes);
    }

    void bodyComplete() {
        log.change(() -> bodyComplete = true);
    }

    void committed() {
        log.change(() -> committed = true);
    }

    void answered(int withStatus) {
        log.change(() -> status = withStatus);
    }

    void finished() {
        log.change(() -> finished = true);
    }

    LoggedRequest snapshot() {
        return new LoggedRequest(head, bodyBytes, bodyComplete, committed, status, finished);
    }
}
