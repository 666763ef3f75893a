package io.sealgate.core.request;

import io.sealgate.core.error.GatewayError;
import java.util.function.Function;

/** The outcome of looking at a part of a request: what it says, or why it cannot be accepted. */
public sealed interface Judged<T> {

    record Good<T>(T value) implements Judged<T> {}

    record Bad<T>(GatewayError error) implements Judged<T> {}

    static <T> Judged<T> good(T value) {
        return new Good<>(value);
    }

    static <T> Judged<T> bad(GatewayError error) {
        return new Bad<>(error);
    }

    /** What to make of either outcome. */
    default <R> R fold(Function<? super T, ? extends R> good, Function<? super GatewayError, ? extends R> bad) {
        if (this instanceof Good<T> accepted) {
            return good.apply(accepted.value());
        }
        return bad.apply(((Bad<T>) this).error());
    }

    /** Goes on with the value; an error stays what it is. */
    default <R> Judged<R> then(Function<? super T, Judged<R>> next) {
        return fold(next, Judged::bad);
    }
}
