/**
 * The language in which Tencent Cloud writes policies (CAM 2.0): read, compiled for a route, and asked. Knows requests only as
 * {@link io.sealgate.core.cam.RequestFacts} and makes no permits.
 */
@NullMarked
package io.sealgate.core.cam;

import org.jspecify.annotations.NullMarked;
