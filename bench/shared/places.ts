import { join, resolve } from 'node:path';

/** The directory of the bench. */
export const BENCH = resolve(import.meta.dirname, '..');

/** The checkout of the product that is measured: this one, or `BENCH_PRODUCT`; it must be built. */
export const PRODUCT = resolve(process.env.BENCH_PRODUCT ?? join(BENCH, '..'));

/** Where the database is kept between runs: `BENCH_DATA`, or a directory that git ignores. */
export const DATA = resolve(process.env.BENCH_DATA ?? join(BENCH, '.data'));
