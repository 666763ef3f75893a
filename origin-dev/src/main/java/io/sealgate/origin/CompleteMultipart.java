package io.sealgate.origin;

import io.sealgate.origin.MultipartUploads.Part;
import io.sealgate.origin.MultipartUploads.Upload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Complete Multipart Upload: checks what the client lists against what arrived, and joins the parts. */
final class CompleteMultipart {
    private static final long SMALLEST_PART = 1 << 20;

    private final OriginContext origin;
    private final MultipartUploads uploads;

    CompleteMultipart(OriginContext origin, MultipartUploads uploads) {
        this.origin = origin;
        this.uploads = uploads;
    }

    Step complete(CosRequest request) {
        Upload upload = uploads.need(request);
        origin.refuseOverwriteEarly(request);
        return SmallBody.receiveSlow(request, body -> {
            List<XmlElement> listed =
                    XmlElement.parse(body, "CompleteMultipartUpload").children("Part");
            synchronized (upload) {
                upload.requireOpen();
                StoredObject stored = join(request, upload, chosen(upload, listed));
                uploads.end(upload);
                return answer(request, stored);
            }
        });
    }

    private static List<Part> chosen(Upload upload, List<XmlElement> listed) {
        Map<Integer, Part> arrived =
                upload.parts().stream().collect(Collectors.toMap(Part::number, Function.identity()));
        List<Part> chosen = new ArrayList<>();
        for (XmlElement element : listed) {
            Part part = arrived.get(number(element.need("PartNumber")));
            String etag = Etags.unquoted(element.need("ETag").trim());
            if (part == null || !Etags.unquoted(part.etag()).equals(etag)) {
                throw new Refusal(ErrorCode.INVALID_PART, "A listed part was not uploaded, or has another ETag.");
            }
            if (!chosen.isEmpty()) {
                requireSuccessor(chosen.get(chosen.size() - 1), part);
            }
            chosen.add(part);
        }
        if (chosen.isEmpty()) {
            throw new Refusal(ErrorCode.MALFORMED_XML, "The list of parts is empty.");
        }
        return chosen;
    }

    private static void requireSuccessor(Part previous, Part part) {
        if (part.number() <= previous.number()) {
            throw new Refusal(ErrorCode.INVALID_PART_ORDER, "The list of parts is not in ascending order.");
        }
        if (previous.size() < SMALLEST_PART) {
            throw new Refusal(ErrorCode.ENTITY_TOO_SMALL, "A part before the last is smaller than 1 MiB.");
        }
    }

    private static int number(String text) {
        try {
            return Integer.parseInt(text.trim());
        } catch (NumberFormatException notANumber) {
            throw new Refusal(ErrorCode.MALFORMED_XML, "A part number is not a number.");
        }
    }

    private StoredObject join(CosRequest request, Upload upload, List<Part> parts) throws IOException {
        StoredObject draft = upload.draft();
        try (Spool whole = origin.store().spool(false)) {
            for (Part part : parts) {
                whole.copy(part.file(), 0, part.size());
            }
            whole.finish();
            StoredObject joined = new StoredObject(
                    draft.bucket(),
                    draft.key(),
                    whole.size(),
                    Etags.ofParts(parts.stream().map(Part::etag).toList()),
                    whole.crc64(),
                    origin.now(),
                    draft.origin(),
                    draft.metadata(),
                    draft.encryption(),
                    draft.acl(),
                    draft.tags(),
                    whole.file());
            return origin.store().commit(joined, OriginContext.forbidsOverwrite(request));
        }
    }

    private Answer answer(CosRequest request, StoredObject stored) {
        Headers headers = Headers.none()
                .and(OriginContext.CRC64, stored.crc64Text())
                .and(origin.version(stored))
                .and(EncryptionHeaders.echo(stored.encryption()));
        XmlWriter result = new XmlWriter("CompleteMultipartUploadResult")
                .text("Location", request.header("Host").orElse("") + '/' + request.key())
                .text("Bucket", stored.bucket())
                .text("Key", stored.key())
                .text("ETag", stored.etag());
        return Answer.xml(200, headers, result).andCommitted();
    }
}
