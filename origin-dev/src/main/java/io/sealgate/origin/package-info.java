/**
 * An embedded stand-in for Tencent COS: what the gateway talks to under test, in {@code sealgate dev} and in the load
 * ladder. It shares no code with the gateway, its own signature check, MD5 and CRC64 included, so that a misreading of
 * the protocol on one side shows up as a failing test.
 *
 * <p>Objects are files; bodies stream in and out in constant memory. File access is blocking and happens on the event
 * loops (copying whole files does not): right for a stand-in, wrong for a server.
 */
@NullMarked
package io.sealgate.origin;

import org.jspecify.annotations.NullMarked;
