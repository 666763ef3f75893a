package io.sealgate.origin;

import java.nio.file.NoSuchFileException;
import java.util.Locale;

/** PUT Object - Copy. */
final class CopyObject {
    private final OriginContext origin;

    CopyObject(OriginContext origin) {
        this.origin = origin;
    }

    Step copy(CosRequest request) {
        Encryption encryption = origin.encryption().ofNewObject(request);
        String acl = OriginContext.aclOf(request);
        boolean replacing = replaces(request, "x-cos-metadata-directive");
        boolean retagging = replaces(request, "x-cos-tagging-directive");
        StoredObject source = CopySource.find(request, origin);
        origin.refuseOverwriteEarly(request);
        return SmallBody.receiveSlow(request, body -> {
            try (Spool spool = origin.store().spool(!origin.options().skipDigests())) {
                spool.copy(source.file(), 0, source.size());
                spool.finish();
                StoredObject draft = new StoredObject(
                        request.bucket(),
                        request.key(),
                        spool.size(),
                        Etags.ofContent(spool, encryption),
                        spool.crc64(),
                        origin.now(),
                        StoredObject.Origin.PUT,
                        replacing ? StoredHeaders.of(request) : source.metadata(),
                        encryption,
                        acl,
                        retagging ? OriginContext.tagsOf(request) : source.tags(),
                        spool.file());
                return answer(origin.store().commit(draft, OriginContext.forbidsOverwrite(request)));
            } catch (NoSuchFileException gone) {
                throw new Refusal(ErrorCode.NO_SUCH_COPY_SOURCE, "The copy source was deleted meanwhile.");
            }
        });
    }

    private static boolean replaces(CosRequest request, String name) {
        String directive = request.header(name).orElse("Copy");
        return switch (directive.toLowerCase(Locale.ROOT)) {
            case "copy" -> false;
            case "replaced" -> true;
            default -> throw new Refusal(ErrorCode.INVALID_ARGUMENT, "The " + name + " is Copy or Replaced.");
        };
    }

    private Answer answer(StoredObject stored) {
        Headers headers = Headers.none()
                .and(OriginContext.CRC64, stored.crc64Text())
                .and(origin.version(stored))
                .and(EncryptionHeaders.echo(stored.encryption()));
        XmlWriter result = new XmlWriter("CopyObjectResult")
                .text("ETag", stored.etag())
                .text("CRC64", stored.crc64Text())
                .text("LastModified", HttpDates.iso(stored.modified()));
        return Answer.xml(200, headers, result).andCommitted();
    }
}
