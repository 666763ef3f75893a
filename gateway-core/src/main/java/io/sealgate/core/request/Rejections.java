package io.sealgate.core.request;

import io.sealgate.core.error.CosErrorCode;
import io.sealgate.core.error.GatewayError;
import java.util.Locale;

/** Makes the refusals of this package, and shows strangers their own input without letting it through. */
final class Rejections {

    private static final int SHOWN = 64;

    private Rejections() {}

    static GatewayError.Rejected of(CosErrorCode code, String message) {
        return new GatewayError.Rejected(code, message);
    }

    /** For heads after which nothing can be trusted to be where it seems to be. */
    static GatewayError.Rejected closing(String message) {
        return new GatewayError.Rejected(CosErrorCode.INVALID_REQUEST, message, true);
    }

    static GatewayError.Rejected uri(String message) {
        return of(CosErrorCode.INVALID_URI, message);
    }

    /** At most 64 printable ASCII characters of {@code text}; everything else is shown escaped. */
    static String show(String text) {
        return show(text, SHOWN);
    }

    static String show(String text, int most) {
        StringBuilder shown = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            if (i == most) {
                return shown.append('…').toString();
            }
            char c = text.charAt(i);
            if (c >= 0x20 && c < 0x7f) {
                shown.append(c);
            } else {
                shown.append(String.format(Locale.ROOT, "\\u%04x", (int) c));
            }
        }
        return shown.toString();
    }
}
