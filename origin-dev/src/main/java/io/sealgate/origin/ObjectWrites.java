package io.sealgate.origin;

import java.io.IOException;

/** PUT Object and DELETE Object. */
final class ObjectWrites {
    private final OriginContext origin;

    ObjectWrites(OriginContext origin) {
        this.origin = origin;
    }

    Step put(CosRequest request) throws IOException {
        Encryption encryption = origin.encryption().ofNewObject(request);
        String acl = OriginContext.aclOf(request);
        origin.refuseOverwriteEarly(request);
        return origin.receive(request, false, spool -> {
            StoredObject draft = new StoredObject(
                    request.bucket(),
                    request.key(),
                    spool.size(),
                    Etags.ofContent(spool, encryption),
                    spool.crc64(),
                    origin.now(),
                    StoredObject.Origin.PUT,
                    StoredHeaders.of(request),
                    encryption,
                    acl,
                    OriginContext.tagsOf(request),
                    spool.file());
            StoredObject stored = origin.store().commit(draft, OriginContext.forbidsOverwrite(request));
            return Answer.ok(Headers.none()
                            .and("ETag", stored.etag())
                            .and(OriginContext.CRC64, stored.crc64Text())
                            .and(origin.version(stored))
                            .and(EncryptionHeaders.echo(encryption)))
                    .andCommitted();
        });
    }

    Answer delete(CosRequest request) throws IOException {
        origin.encryption().forbid(request);
        String version = request.query().first("versionid").orElse(null);
        if (version != null) {
            Answer answer = Answer.of(204, Headers.none().and(OriginContext.VERSION_ID, version));
            return origin.store().deleteVersion(request.name(), version) ? answer.andCommitted() : answer;
        }
        boolean changed = origin.store().delete(request.name());
        Headers marker = origin.store()
                .latestVersionId(request.name())
                .map(id -> Headers.none().and("x-cos-delete-marker", "true").and(OriginContext.VERSION_ID, id))
                .orElse(Headers.none());
        Answer answer = Answer.of(204, marker);
        return changed ? answer.andCommitted() : answer;
    }
}
