package io.sealgate.origin;

import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** POST Object ?append: each append makes a new file of the old bytes and the new ones, which replaces the old. */
final class AppendObject {
    private final OriginContext origin;

    AppendObject(OriginContext origin) {
        this.origin = origin;
    }

    Step append(CosRequest request) throws IOException {
        if (!request.hasParameter("position")) {
            throw new Refusal(ErrorCode.INVALID_ARGUMENT, "The append has no position.");
        }
        Encryption encryption = origin.encryption().ofNewObject(request);
        String acl = OriginContext.aclOf(request);
        StoredObject before = origin.store().find(request.name()).orElse(null);
        requirePosition(request, before);
        return origin.receive(request, true, body -> {
            try (Spool whole = origin.store().spool(false)) {
                if (before != null) {
                    whole.copy(before.file(), 0, before.size());
                }
                whole.copy(body.file(), 0, body.size());
                whole.finish();
                StoredObject draft = draft(request, Optional.ofNullable(before), whole, encryption, acl);
                return answer(origin.store().commitOver(before, draft));
            }
        });
    }

    private static void requirePosition(CosRequest request, @Nullable StoredObject before) {
        if (before != null && before.origin() != StoredObject.Origin.APPEND) {
            throw new Refusal(ErrorCode.OBJECT_NOT_APPENDABLE, "The object is not appendable.");
        }
        long next = before == null ? 0 : before.size();
        if (request.number("position", 0) != next) {
            throw new Refusal(ErrorCode.APPEND_POSITION, "The position is not the object's length.")
                    .withHeader("x-cos-next-append-position", Long.toString(next));
        }
    }

    /** Headers and encryption are those of the first append. */
    private StoredObject draft(
            CosRequest request, Optional<StoredObject> before, Spool whole, Encryption encryption, String acl) {
        return new StoredObject(
                request.bucket(),
                request.key(),
                whole.size(),
                Etags.opaque(),
                whole.crc64(),
                origin.now(),
                StoredObject.Origin.APPEND,
                before.map(StoredObject::metadata).orElseGet(() -> StoredHeaders.of(request)),
                before.map(StoredObject::encryption).orElse(encryption),
                before.map(StoredObject::acl).orElse(acl),
                before.map(StoredObject::tags).orElseGet(() -> OriginContext.tagsOf(request)),
                whole.file());
    }

    private static Answer answer(StoredObject stored) {
        return Answer.ok(Headers.none()
                        .and("ETag", stored.etag())
                        .and(OriginContext.CRC64, stored.crc64Text())
                        .and("x-cos-next-append-position", Long.toString(stored.size()))
                        .and(EncryptionHeaders.echo(stored.encryption())))
                .andCommitted();
    }
}
