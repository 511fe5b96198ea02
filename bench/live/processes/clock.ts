/**
 * Milliseconds on a clock that all processes of this machine share and nobody sets: the system's monotonic one, which
 * `process.hrtime` reads.
 */
export function sharedNow(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
