package io.sealgate.core.spi;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.IntegrityConfig;
import io.sealgate.core.model.BodyCoding;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import java.nio.ByteBuffer;
import java.util.List;

/** Chooses the taps of a body from the head that announces it. Thread-safe; called once per body on the exchange's event loop. */
public interface BodyTapFactory {

    /** The taps for a request body, with the decoder that it needs if it is {@code aws-chunked}. */
    BodyTaps forUpload(Upload upload);

    /** Starts a {@code Content-MD5}. */
    BodyDigest contentMd5();

    /** The taps for a response body. One that cannot be checked passes as {@code not checked}; refused is one whose checksum makes no sense. */
    BodyTaps forDownload(Download download);

    /**
     * Compares what the origin says it has stored with what it was sent.
     *
     * @return what is to be reported in place of {@link Stored#results()}, with the verdicts that could not be given before
     */
    List<TapResult> judge(Stored stored);

    /**
     * An upload that has been answered.
     *
     * @param operation what the request did
     * @param config    the route's integrity settings
     * @param bucket    the object's bucket
     * @param query     the request's query parameters
     * @param bytes     length of the body that was sent
     * @param results   what the upload's taps said
     * @param document  the body if it was a control document, else empty
     * @param status    HTTP status of the answer
     * @param headers   headers of the answer; read only
     */
    record Stored(
            CosOperation operation,
            IntegrityConfig config,
            String bucket,
            List<QueryParameter> query,
            long bytes,
            List<TapResult> results,
            ByteBuffer document,
            int status,
            HttpHeaders headers) {}

    /**
     * A request body that is about to be read.
     *
     * @param operation what the request does
     * @param config    the route's integrity settings
     * @param headers   request headers as the client sent them; read only
     * @param coding    how the object's bytes are wrapped
     */
    record Upload(CosOperation operation, IntegrityConfig config, HttpHeaders headers, BodyCoding coding) {}

    /**
     * A response body that is about to be read.
     *
     * @param operation what the request did
     * @param config    the route's integrity settings
     * @param query     the request's query parameters: processing changes the bytes
     * @param status    HTTP status of the response
     * @param headers   response headers as the origin sent them; read only
     */
    record Download(
            CosOperation operation,
            IntegrityConfig config,
            List<QueryParameter> query,
            int status,
            HttpHeaders headers) {}
}
