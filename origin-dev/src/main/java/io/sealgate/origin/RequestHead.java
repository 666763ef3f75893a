package io.sealgate.origin;

/**
 * The head of a request as it arrived: nothing decoded, nothing normalised.
 *
 * @param connection counts connections of this origin from 1
 * @param position counts requests of the connection from 1, so anything above 1 came over a reused connection
 * @param target the request target, byte for byte
 */
public record RequestHead(long connection, int position, String method, String target, Headers headers) {
    /** The target before the first {@code ?}, still encoded. */
    public String path() {
        int query = target.indexOf('?');
        return query < 0 ? target : target.substring(0, query);
    }

    /** The target after the first {@code ?}, still encoded; empty without one. */
    public String query() {
        int query = target.indexOf('?');
        return query < 0 ? "" : target.substring(query + 1);
    }
}
