// A file that a deleted source left in dist would be packed with the rest.
import { rmSync } from 'node:fs';

rmSync(new URL('../dist', import.meta.url), { recursive: true, force: true });
