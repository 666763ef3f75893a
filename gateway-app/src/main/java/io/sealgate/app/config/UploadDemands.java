package io.sealgate.app.config;

import io.sealgate.core.config.EncryptionConfig;
import io.sealgate.core.config.EncryptionConfig.Mode;
import io.sealgate.core.config.EncryptionConfig.WhenClientSends;
import io.sealgate.core.config.IntegrityConfig;
import io.sealgate.core.config.RouteConfig;
import io.sealgate.core.config.UploadsConfig;
import io.sealgate.core.model.CosOperation;
import java.util.List;
import java.util.Map;
import java.util.function.BiPredicate;

/**
 * What a route asks of what is uploaded, and adds to it, besides who may upload: rules of size, type, name, labels and
 * encryption. Compared is only what is certain: of two keys of a service, or two templates, nobody knows which is
 * stricter.
 */
record UploadDemands(RouteConfig route) {

    /** Whether something that is asked of uploads here is not asked by {@code other} of {@code operation}. */
    boolean exceed(RouteConfig other, CosOperation operation) {
        UploadsConfig own = route.uploads();
        UploadsConfig others = other.uploads();
        return hasSmallerLimits(own, others)
                || takesMore(own.contentTypes(), others.contentTypes(), UploadDemands::isOfKind)
                || own.detectContentType().compareTo(others.detectContentType()) > 0
                || takesMore(own.extensions(), others.extensions(), String::equalsIgnoreCase)
                || (overwrites(operation) && own.forbidOverwrite().compareTo(others.forbidOverwrite()) > 0)
                || (own.storageClass() != null && !own.storageClass().equals(others.storageClass()))
                || hasMore(own.tags(), others.tags())
                || hasMore(own.meta(), others.meta())
                || (route.keys() != null && other.keys() == null)
                || verifiesMore(route.integrity().upload(), other.integrity().upload())
                || encryptsMore(route.encryption(), other.encryption());
    }

    private static boolean hasSmallerLimits(UploadsConfig own, UploadsConfig others) {
        boolean isSmaller = own.maxSize() != null
                && (others.maxSize() == null || own.maxSize().compareTo(others.maxSize()) < 0);
        boolean isSlower = own.trafficLimit() != null
                && (others.trafficLimit() == null || own.trafficLimit() < others.trafficLimit());
        return isSmaller || isSlower;
    }

    /** Whether {@code others} have something that is none of {@code own}; without any, everything is taken. */
    private static boolean takesMore(List<String> own, List<String> others, BiPredicate<String, String> isCovered) {
        return !own.isEmpty()
                && (others.isEmpty()
                        || others.stream()
                                .anyMatch(other -> own.stream().noneMatch(each -> isCovered.test(each, other))));
    }

    /** Whether {@code type} is {@code kind}, or all of it is, as {@code image/png} is of {@code image/*}. */
    private static boolean isOfKind(String kind, String type) {
        return kind.equals(type) || (kind.endsWith("/*") && type.startsWith(kind.substring(0, kind.length() - 1)));
    }

    /** An append goes by its position, and so by what is there. */
    private static boolean overwrites(CosOperation operation) {
        return operation != CosOperation.APPEND_OBJECT;
    }

    private static boolean hasMore(Map<String, String> own, Map<String, String> others) {
        return !others.entrySet().containsAll(own.entrySet());
    }

    private static boolean verifiesMore(IntegrityConfig.Upload own, IntegrityConfig.Upload others) {
        return own.contentMd5().compareTo(others.contentMd5()) > 0
                || own.crc64().compareTo(others.crc64()) > 0;
    }

    private static boolean encryptsMore(EncryptionConfig own, EncryptionConfig others) {
        boolean isForced = own.mode() != Mode.NONE && own.whenClientSends() != WhenClientSends.KEEP;
        return own.mode().compareTo(others.mode()) > 0
                || (isForced && others.whenClientSends() == WhenClientSends.KEEP);
    }
}
