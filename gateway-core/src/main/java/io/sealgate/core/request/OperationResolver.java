package io.sealgate.core.request;

import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import io.sealgate.core.model.CosOperation;
import io.sealgate.core.model.QueryParameter;
import io.sealgate.core.model.RequestForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Tells operations apart by the {@linkplain RequestForm form} of a request. A request is never filed under an operation that ignores
 * something it says: a sub-resource of COS's that the gateway does not serve is 501, a method that does not go with what is asked is 405,
 * sub-resources that contradict each other are 400. Parameters that are none of these are for the operation's closed list to judge.
 */
public final class OperationResolver {

    private static final Map<RequestForm, CosOperation> BY_FORM = Arrays.stream(CosOperation.values())
            .collect(Collectors.toUnmodifiableMap(CosOperation::form, Function.identity()));

    /** Parameters that choose the operation. */
    private static final Set<String> SUBRESOURCES = BY_FORM.keySet().stream()
            .flatMap(form -> form.subresources().stream())
            .collect(Collectors.toUnmodifiableSet());

    /** Sub-resources that COS or S3 knows and the gateway does not serve. */
    private static final Set<String> UNSERVED =
            Set.of("asyncfetch", "intelligent-tiering", "rename", "requestPayment", "symlink", "torrent");

    /** Asks S3 for a listing that COS does not know, with other parameters and other elements. */
    private static final String SECOND_LISTING = "list-type";

    private static final List<HttpMethod> METHODS =
            List.of(HttpMethod.GET, HttpMethod.PUT, HttpMethod.POST, HttpMethod.DELETE);

    private OperationResolver() {}

    /** The operation, or why there is none. */
    public static Judged<CosOperation> resolve(HttpMethod method, CosTarget target, HttpHeaders headers) {
        for (QueryParameter parameter : target.query()) {
            if (parameter.name().equals(SECOND_LISTING)) {
                return Judged.bad(Rejections.of(
                        CosErrorCode.NOT_IMPLEMENTED,
                        SECOND_LISTING + ": S3's second kind of listing (expected: the first, ListObjects)"));
            }
            if (UNSERVED.contains(parameter.name())) {
                return Judged.bad(Rejections.of(
                        CosErrorCode.NOT_IMPLEMENTED,
                        "sub-resource: " + parameter.name() + " (expected: one that the gateway serves)"));
            }
        }
        RequestForm form = form(method, target, headers);
        if (isFormUpload(form, headers)) {
            return Judged.bad(
                    Rejections.of(CosErrorCode.NOT_IMPLEMENTED, "POST Object: form upload (expected: PUT Object)"));
        }
        CosOperation operation = BY_FORM.get(form);
        return operation == null ? Judged.bad(mistake(form)) : Judged.good(operation);
    }

    private static RequestForm form(HttpMethod method, CosTarget target, HttpHeaders headers) {
        // a preflight repeats the query of the request that it is about
        boolean isPreflight = method.equals(HttpMethod.OPTIONS) && !target.isBucket();
        // only of Put Object and Upload Part it makes copies; with the others it means nothing, and their closed lists
        // refuse it
        boolean isCopy = method.equals(HttpMethod.PUT)
                && !target.isBucket()
                && (headers.contains(CopySource.HEADER) || headers.contains(CopySource.S3_HEADER));
        List<String> asked = isPreflight ? List.of() : subresources(target.query());
        RequestForm form = new RequestForm(method, target.isBucket(), asked, isCopy);
        return isCopy && !BY_FORM.containsKey(form) ? new RequestForm(method, target.isBucket(), asked, false) : form;
    }

    private static List<String> subresources(List<QueryParameter> query) {
        if (query.isEmpty()) {
            return List.of();
        }
        List<String> asked = new ArrayList<>();
        for (QueryParameter parameter : query) {
            if (SUBRESOURCES.contains(parameter.name())) {
                asked.add(parameter.name());
            }
        }
        Collections.sort(asked);
        return asked;
    }

    private static GatewayError mistake(RequestForm form) {
        // if some method would make it an operation, the method is what is wrong
        boolean isCoherent = METHODS.stream().anyMatch(method -> BY_FORM.containsKey(form.with(method)));
        return isCoherent
                ? Rejections.of(
                        CosErrorCode.METHOD_NOT_ALLOWED,
                        "method: " + form.method() + " (expected: one that this resource takes)")
                : Rejections.of(
                        CosErrorCode.INVALID_ARGUMENT,
                        "query: " + String.join("&", form.subresources()) + " (expected: one operation)");
    }

    /** POST Object carries key and policy inside a form, so nothing of it is known before the body. */
    private static boolean isFormUpload(RequestForm form, HttpHeaders headers) {
        return form.method().equals(HttpMethod.POST)
                && form.subresources().isEmpty()
                && headers.get(HttpHeaderNames.CONTENT_TYPE, "")
                        .toLowerCase(Locale.ROOT)
                        .startsWith("multipart/form-data");
    }
}
