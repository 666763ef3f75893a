/** The command line: one class for each subcommand. */
@NullMarked
package io.sealgate.app.cli;

import org.jspecify.annotations.NullMarked;
