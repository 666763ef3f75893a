package io.sealgate.origin;

import io.sealgate.origin.MultipartUploads.Upload;
import java.util.List;

/** What can be asked of a bucket beside its {@linkplain Configurations configuration}. */
final class BucketReads {
    private static final int LONGEST_LIST = 1_000;

    private final OriginContext origin;
    private final MultipartUploads uploads;

    BucketReads(OriginContext origin, MultipartUploads uploads) {
        this.origin = origin;
        this.uploads = uploads;
    }

    Answer head() {
        return Answer.ok(Headers.none());
    }

    Answer list(CosRequest request) {
        return Answer.xml(Listing.of(request, origin.store()).document());
    }

    Answer listUploads(CosRequest request) {
        String prefix = request.query().first("prefix").orElse("");
        String after = request.query().first("key-marker").orElse("");
        long most = Math.min(request.number("max-uploads", LONGEST_LIST), LONGEST_LIST);
        KeyEncoding encoding = KeyEncoding.of(request);
        List<Upload> rest = uploads.of(request.bucket()).stream()
                .filter(upload -> upload.name().key().startsWith(prefix))
                .filter(upload -> new ObjectName(request.bucket(), after).compareTo(upload.name()) < 0)
                .toList();
        List<Upload> page = rest.stream().limit(most).toList();
        XmlWriter result = new XmlWriter("ListMultipartUploadsResult")
                .text("Bucket", request.bucket())
                .text("Prefix", encoding.apply(prefix))
                .text("KeyMarker", encoding.apply(after))
                .text("MaxUploads", most)
                .text("IsTruncated", Boolean.toString(rest.size() > page.size()));
        if (rest.size() > page.size() && !page.isEmpty()) {
            Upload last = page.get(page.size() - 1);
            result.text("NextKeyMarker", encoding.apply(last.name().key())).text("NextUploadIdMarker", last.id());
        }
        for (Upload upload : page) {
            result.begin("Upload")
                    .text("Key", encoding.apply(upload.name().key()))
                    .text("UploadId", upload.id())
                    .text("StorageClass", "STANDARD")
                    .text("Initiated", HttpDates.iso(upload.draft().modified()))
                    .end();
        }
        return Answer.xml(result);
    }

    Answer location() {
        return Answer.xml(new XmlWriter("LocationConstraint"));
    }
}
