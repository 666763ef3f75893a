package io.sealgate.integrity;

import io.sealgate.core.config.IntegrityConfig.Crc64;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.BodyCoding;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.CosResource;
import io.sealgate.core.model.NamedPart;
import io.sealgate.core.spi.BodyDecoder;
import io.sealgate.core.spi.BodyDigest;
import io.sealgate.core.spi.BodyTap;
import io.sealgate.core.spi.BodyTapFactory;
import io.sealgate.core.spi.BodyTaps;
import io.sealgate.core.spi.ChunkSigners;
import io.sealgate.integrity.crc64.Crc64Kernel;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;

/**
 * The checks that headers and trailers make possible: {@code Content-MD5} and what S3 clients promise upwards, CRC64 downwards. Immutable;
 * thread-safe.
 */
public final class IntegrityTaps implements BodyTapFactory {

    private static final String UNREADABLE_CRC64 =
            ChecksumHeaders.CRC64 + ": malformed or sent twice (expected: one unsigned decimal number)";

    private final Crc64Kernel crc64;
    private final ChunkSigners signers;
    private final PartLedger parts;
    private final AppendCheck appendCheck;
    private final StoredCheck storedCheck;

    /**
     * @param crc64   what computes CRC64
     * @param signers who knows the keys behind signed chunks
     * @param parts   remembers the parts of multipart uploads
     * @param appends remembers objects that grow
     */
    public IntegrityTaps(Crc64Kernel crc64, ChunkSigners signers, PartLedger parts, AppendLedger appends) {
        this.crc64 = crc64;
        this.parts = parts;
        appendCheck = new AppendCheck(appends, crc64);
        storedCheck = new StoredCheck(parts, appendCheck);
        this.signers = signers;
    }

    /** Any operation's body may carry a digest, control documents included. */
    @Override
    public BodyTaps forUpload(Upload upload) {
        UploadChecks checks = new UploadChecks(upload.headers());
        boolean isStoring = upload.operation().is(CosOperation.Trait.STORES_BODY);
        checks.contentMd5(upload.config(), isStoring);
        if (isStoring && upload.config().upload().crc64() == Crc64.VERIFY) {
            checks.add(new SentCrc64Tap(crc64));
        }
        if (isDescribed(upload.operation())) {
            checks.contentSha1();
            checks.s3Checksums();
        }
        BodyDecoder decoder = null;
        if (upload.coding() instanceof BodyCoding.AwsChunked chunked) {
            decoder = new ChunkedUpload(chunked, upload.headers(), signers).decoder(checks);
        } else {
            checks.payload();
        }
        GatewayError error = checks.error().orElse(null);
        if (error != null) {
            return new BodyTaps.Refuse(error);
        }
        return decoder == null ? new BodyTaps.Watch(checks.taps()) : new BodyTaps.Decode(decoder, checks.taps());
    }

    /** Whether checksums in the head are of the body. Elsewhere they are of the object that comes about in the end. */
    private static boolean isDescribed(CosOperation operation) {
        boolean isDocument = operation.is(CosOperation.Trait.CHECKS_CONTROL_BODY);
        return operation.is(CosOperation.Trait.STORES_BODY)
                || (isDocument && operation != CosOperation.COMPLETE_MULTIPART);
    }

    @Override
    public boolean wantsHead(Storing storing) {
        return appendCheck.wantsHead(storing);
    }

    @Override
    public long partBytes(CosResource object, String uploadId, int except) {
        return parts.bytes(PartLedger.Upload.of(object, uploadId), except);
    }

    @Override
    public Function<NamedPart, OptionalLong> partSizes(CosResource object, String uploadId) {
        return storedCheck.partSizes(object, uploadId);
    }

    @Override
    public boolean reserve(Storing storing, long bytes, long most) {
        return storedCheck.reserve(storing, bytes, most);
    }

    @Override
    public Verdicts judge(Stored stored) {
        return storedCheck.judge(stored);
    }

    @Override
    public BodyDigest contentMd5() {
        return new ContentMd5();
    }

    /**
     * Verifies the download of a whole object; an answer that is no object at all, such as an error, has nothing to verify. A
     * checksum that cannot be read refuses the object.
     */
    @Override
    public BodyTaps forDownload(Download download) {
        if (!DownloadRules.carriesObject(download)) {
            return new BodyTaps.Watch(List.of());
        }
        return DownloadRules.obstacle(download)
                .<BodyTap>map(reason -> new UncheckedTap(Crc64Tap.ALGORITHM, reason))
                .or(() -> DownloadRules.checksum(download, crc64))
                .map(IntegrityTaps::watch)
                .orElseGet(() -> refuse(CosErrorCode.BAD_GATEWAY, UNREADABLE_CRC64));
    }

    private static BodyTaps watch(BodyTap tap) {
        return new BodyTaps.Watch(List.of(tap));
    }

    private static BodyTaps refuse(CosErrorCode code, String message) {
        return new BodyTaps.Refuse(new GatewayError.Corrupted(code, message));
    }
}
