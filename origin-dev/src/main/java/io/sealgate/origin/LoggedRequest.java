package io.sealgate.origin;

/**
 * One request as the origin saw it, at the moment of asking.
 *
 * @param bodyBytes payload bytes received so far, chunk framing not counted
 * @param bodyComplete whether the body's end arrived
 * @param committed whether the request changed what the origin stores
 * @param status of the final answer; 0 while there is none
 * @param finished whether the exchange is over: answered to the end, or cut off
 */
public record LoggedRequest(
        RequestHead head, long bodyBytes, boolean bodyComplete, boolean committed, int status, boolean finished) {
    public String method() {
        return head.method();
    }

    public String target() {
        return head.target();
    }

    public Headers headers() {
        return head.headers();
    }

    public long connection() {
        return head.connection();
    }
}
