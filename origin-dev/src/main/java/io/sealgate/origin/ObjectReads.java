package io.sealgate.origin;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** GET Object and HEAD Object. */
final class ObjectReads {
    private record Opened(StoredObject object, FileChannel file) {}

    private final OriginContext origin;

    ObjectReads(OriginContext origin) {
        this.origin = origin;
    }

    Answer head(CosRequest request) {
        StoredObject object = origin.need(request);
        return read(request, object).orElseGet(() -> Answer.ok(describe(request, object))
                .withBody(new Answer.Body.Withheld(object.size())));
    }

    Answer get(CosRequest request) throws IOException {
        Opened opened = open(request);
        try {
            Answer answer = read(request, opened.object()).orElse(null);
            if (answer == null) {
                return content(request, opened);
            }
            opened.file().close();
            return answer;
        } catch (RuntimeException refused) {
            opened.file().close();
            throw refused;
        }
    }

    /** The answer, if it is one without the object's bytes. */
    private Optional<Answer> read(CosRequest request, StoredObject object) {
        origin.encryption().requireKey(request, object.encryption());
        return switch (Preconditions.evaluate(request, object)) {
            case FAILED -> throw Preconditions.failed();
            case NOT_MODIFIED ->
                Optional.of(Answer.of(304, describe(request, object).without("Content-Type")));
            case PROCEED -> Optional.empty();
        };
    }

    private Answer content(CosRequest request, Opened opened) {
        StoredObject object = opened.object();
        Headers headers = describe(request, object);
        Optional<ByteRange> range = request.header("Range")
                .filter(header -> Preconditions.rangeApplies(request, object))
                .flatMap(header -> ByteRange.parse(header, object.size()));
        if (range.isEmpty()) {
            return Answer.ok(headers).withBody(new Answer.Body.Slice(opened.file(), 0, object.size()));
        }
        ByteRange part = range.get();
        String contentRange = "bytes " + part.first() + '-' + part.last() + '/' + object.size();
        return Answer.of(206, headers.and("Content-Range", contentRange))
                .withBody(new Answer.Body.Slice(opened.file(), part.first(), part.length()));
    }

    /** The same for a part as for the whole, the CRC included: COS sends the whole object's with a 206 too. */
    private Headers describe(CosRequest request, StoredObject object) {
        return StoredHeaders.overridden(object, request.query())
                .and("Accept-Ranges", "bytes")
                .and("ETag", object.etag())
                .and("Last-Modified", HttpDates.format(object.modified()))
                .and(OriginContext.CRC64, object.crc64Text())
                .and(origin.version(object))
                .and("x-cos-object-type", object.origin() == StoredObject.Origin.APPEND ? "appendable" : "normal")
                .and(EncryptionHeaders.echo(object.encryption()));
    }

    /** An open file outlives its deletion; between finding and opening there is a moment where it may be replaced. */
    private Opened open(CosRequest request) throws IOException {
        while (true) {
            StoredObject object = origin.need(request);
            try {
                return new Opened(object, FileChannel.open(object.file(), StandardOpenOption.READ));
            } catch (NoSuchFileException replaced) {
                if (origin.store().find(request.name()).filter(object::equals).isPresent()) {
                    throw replaced;
                }
            }
        }
    }
}
