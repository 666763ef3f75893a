package io.sealgate.core.spi;

import io.netty.handler.codec.http.HttpHeaders;
import io.sealgate.core.config.IntegrityConfig;
import io.sealgate.core.model.BodyCoding;
import io.sealgate.core.model.ClientKey;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.NamedPart;
import io.sealgate.core.model.QueryParameter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Chooses the taps of a body from the head that announces it. Thread-safe; called once per body on the exchange's event loop. */
public interface BodyTapFactory {

    /** The taps for a request body, with the decoder that it needs if it is {@code aws-chunked}. */
    BodyTaps forUpload(Upload upload);

    /** Starts a {@code Content-MD5}. */
    BodyDigest contentMd5();

    /** The taps for a response body. One that cannot be checked passes as {@code not checked}; refused is one whose checksum makes no sense. */
    BodyTaps forDownload(Download download);

    /** Whether the verdict on {@code storing} will depend on what the origin says, before it is sent, of the object as it is: {@link Stored#before()}. */
    boolean wantsHead(Storing storing);

    /**
     * How many bytes may be stored, as far as is remembered, as parts of a multipart upload that is not completed.
     * Each part counts once, with the largest size that was sent and not refused.
     *
     * @param except number of a part that does not count, because it is about to be replaced; 0 for none
     */
    long partBytes(CosResource object, String uploadId, int except);

    /**
     * Gives the size in bytes of each part that the origin has stored with that entity tag; empty if nothing is
     * remembered of it. To be asked for all parts of one upload.
     */
    Function<NamedPart, OptionalLong> partSizes(CosResource object, String uploadId);

    /**
     * Counts an upload whose last byte is about to be sent: from then on it may be stored, whether or not the response
     * is seen.
     *
     * @param bytes length of the body
     * @param most  bytes that the object may have
     * @return false if the last byte must not be sent, because the object could become larger than that
     */
    boolean reserve(Storing storing, long bytes, long most);

    /** Compares what the origin says it has stored with what it was sent. */
    Verdicts judge(Stored stored);

    /**
     * An upload that is about to be sent.
     *
     * @param operation what the request does
     * @param config    the route's integrity settings
     * @param object    what it does it to
     * @param query     the request's query parameters
     * @param client    out of whose share it is remembered
     */
    record Storing(
            CosOperation operation,
            IntegrityConfig config,
            CosResource object,
            List<QueryParameter> query,
            ClientKey client) {

        /** The first value of a query parameter, or empty. */
        public String parameter(String name) {
            for (QueryParameter parameter : query) {
                if (parameter.name().equalsIgnoreCase(name)) {
                    return parameter.value();
                }
            }
            return "";
        }
    }

    /**
     * An upload that has been answered.
     *
     * @param storing  what was asked for
     * @param before   what the origin said of the object before, or {@code null} if it was not asked
     * @param bytes    length of the body that was sent
     * @param results  what the upload's taps said
     * @param document the body if it was a control document, else empty
     * @param answer   what the origin says now
     */
    record Stored(
            Storing storing,
            @Nullable Head before,
            long bytes,
            List<TapResult> results,
            ByteBuffer document,
            Head answer) {}

    /**
     * An answer of an origin's, without its body.
     *
     * @param status  HTTP status, 0 if there was no answer
     * @param headers read only
     */
    record Head(int status, HttpHeaders headers) {}

    /**
     * What is known of an upload that has been answered.
     *
     * @param results what is to be reported in place of {@link Stored#results()}, with the verdicts that could not be given before
     * @param doubt   what a mismatch among them hangs on, or {@code null} if there is none or it is certain
     */
    record Verdicts(List<TapResult> results, @Nullable Doubt doubt) {}

    /**
     * A mismatch that may have another reason than the upload. Whoever can should read back what the origin has stored of it; whoever
     * cannot takes the mismatch for what it says.
     *
     * @param first offset of the upload's first byte in the object
     * @param bytes length of the upload, at least 1
     * @param tap   to be fed with exactly these bytes; its result replaces that of the same algorithm
     */
    record Doubt(long first, long bytes, BodyTap tap) {}

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
