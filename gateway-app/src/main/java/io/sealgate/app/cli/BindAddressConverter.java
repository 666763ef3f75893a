package io.sealgate.app.cli;

import io.sealgate.app.config.BindAddress;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads addresses on the command line as in the configuration. */
final class BindAddressConverter implements ITypeConverter<BindAddress> {

    @Override
    public BindAddress convert(String text) {
        try {
            return BindAddress.parse(text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException(String.valueOf(e.getMessage()));
        }
    }
}
