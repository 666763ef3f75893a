package io.sealgate.origin;

import io.sealgate.origin.MultipartUploads.Part;
import io.sealgate.origin.MultipartUploads.Upload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** Initiate, Upload Part, Upload Part - Copy, List Parts and Abort; {@link CompleteMultipart} ends the series. */
final class MultipartUpload {
    private static final int MOST_PARTS = 10_000;

    private final OriginContext origin;
    private final MultipartUploads uploads;
    private final CompleteMultipart complete;

    MultipartUpload(OriginContext origin, MultipartUploads uploads) {
        this.origin = origin;
        this.uploads = uploads;
        this.complete = new CompleteMultipart(origin, uploads);
    }

    Answer initiate(CosRequest request) {
        Encryption encryption = origin.encryption().ofNewObject(request);
        origin.refuseOverwriteEarly(request);
        Upload upload = uploads.begin(new StoredObject(
                request.bucket(),
                request.key(),
                0,
                "",
                0,
                origin.now(),
                StoredObject.Origin.MULTIPART,
                StoredHeaders.of(request),
                encryption,
                OriginContext.aclOf(request),
                OriginContext.tagsOf(request),
                Path.of("")));
        XmlWriter result = new XmlWriter("InitiateMultipartUploadResult")
                .text("Bucket", request.bucket())
                .text("Key", request.key())
                .text("UploadId", upload.id());
        return Answer.xml(200, EncryptionHeaders.echo(encryption), result);
    }

    Step uploadPart(CosRequest request) throws IOException {
        Upload upload = uploads.need(request);
        int number = partNumber(request);
        Encryption encryption = upload.draft().encryption();
        origin.encryption().requirePartKey(request, encryption);
        if (request.contentLength().isEmpty()) {
            throw new Refusal(ErrorCode.MISSING_CONTENT_LENGTH, "A part needs a Content-Length.");
        }
        return origin.receive(request, false, body -> {
            Part part = keep(upload, number, body);
            return Answer.ok(Headers.none()
                    .and("ETag", part.etag())
                    .and(OriginContext.CRC64, Long.toUnsignedString(part.crc64()))
                    .and(EncryptionHeaders.echo(encryption)));
        });
    }

    Step copyPart(CosRequest request) {
        Upload upload = uploads.need(request);
        int number = partNumber(request);
        Encryption encryption = upload.draft().encryption();
        origin.encryption().requirePartKey(request, encryption);
        StoredObject source = CopySource.find(request, origin);
        ByteRange range = request.header("x-cos-copy-source-range")
                .flatMap(header -> ByteRange.parse(header, source.size()))
                .orElse(new ByteRange(0, source.size() - 1));
        return SmallBody.receiveSlow(request, body -> {
            try (Spool spool = origin.store().spool(!origin.options().skipDigests())) {
                spool.copy(source.file(), range.first(), range.length());
                spool.finish();
                Part part = keep(upload, number, spool);
                XmlWriter result = new XmlWriter("CopyPartResult")
                        .text("ETag", part.etag())
                        .text("CRC64", Long.toUnsignedString(part.crc64()))
                        .text("LastModified", HttpDates.iso(part.modified()));
                return Answer.xml(200, EncryptionHeaders.echo(encryption), result);
            } catch (NoSuchFileException gone) {
                throw new Refusal(ErrorCode.NO_SUCH_COPY_SOURCE, "The copy source was deleted meanwhile.");
            }
        });
    }

    Step complete(CosRequest request) {
        return complete.complete(request);
    }

    Answer abort(CosRequest request) throws IOException {
        uploads.end(uploads.need(request));
        return Answer.of(204, Headers.none());
    }

    Answer listParts(CosRequest request) {
        Upload upload = uploads.need(request);
        long after = request.number("part-number-marker", 0);
        int page = origin.options().partsPerPage();
        long most = Math.min(request.number("max-parts", page), page);
        List<Part> rest =
                upload.parts().stream().filter(part -> part.number() > after).toList();
        List<Part> parts = rest.stream().limit(most).toList();
        long last = parts.isEmpty() ? after : parts.get(parts.size() - 1).number();
        XmlWriter result = new XmlWriter("ListPartsResult")
                .text("Bucket", request.bucket())
                .text("Key", request.key())
                .text("UploadId", upload.id())
                .text("StorageClass", "STANDARD")
                .text("PartNumberMarker", after)
                .text("NextPartNumberMarker", last)
                .text("MaxParts", most)
                .text("IsTruncated", Boolean.toString(rest.size() > parts.size()));
        for (Part part : parts) {
            result.begin("Part")
                    .text("PartNumber", part.number())
                    .text("LastModified", HttpDates.iso(part.modified()))
                    .text("ETag", part.etag())
                    .text("Size", part.size())
                    .end();
        }
        return Answer.xml(result);
    }

    /** The part gets a file of its own, because the one it arrived in goes with the request. */
    private Part keep(Upload upload, int number, Spool arrived) throws IOException {
        String etag = Etags.ofContent(arrived, upload.draft().encryption());
        Path file = origin.store().adopt(arrived);
        Part part = new Part(number, etag, arrived.crc64(), arrived.size(), origin.now(), file);
        try {
            upload.add(part);
        } catch (Refusal ended) {
            Files.deleteIfExists(file);
            throw ended;
        }
        return part;
    }

    private static int partNumber(CosRequest request) {
        long number = request.number("partNumber", 0);
        if (number < 1 || number > MOST_PARTS) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT, "The part number is not within 1 and " + MOST_PARTS + '.');
        }
        return (int) number;
    }
}
