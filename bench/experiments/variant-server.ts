import { openParts } from './open-parts.ts';
import { SERVE } from './variants/serve.ts';
import { variantNamed } from './variants.ts';

/** One variant as a process of its own, which its parent ends: `VARIANT` names it, the product's settings set it up. */
await SERVE[variantNamed(process.env.VARIANT ?? '')](await openParts());
