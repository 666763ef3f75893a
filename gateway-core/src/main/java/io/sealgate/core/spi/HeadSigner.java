package io.sealgate.core.spi;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.model.QueryParameter;
import java.util.List;

/**
 * Gives a request head the credentials that the origin asks for. Called when the origin connection is there, once per attempt,
 * so that a retried or resumed request is signed anew. Thread-safe.
 */
public interface HeadSigner {

    /**
     * Puts the authorization headers into {@code headers}, in place of what earlier calls put there. They already hold everything else that will be
     * sent, {@code Host} included.
     *
     * @param path  decoded path with its leading slash: {@code /} + key
     * @param query decoded query parameters as they will be sent
     */
    void sign(HttpMethod method, String path, List<QueryParameter> query, HttpHeaders headers);
}
