import type { IoKind, LibraryType } from './types.ts';

/** A call that goes over the network and is answered later. */
export const sends = (what: IoKind, returns?: string): LibraryType => ({ call: { ...(returns === undefined ? {} : { returns }), effect: { kind: 'io', what } } });

/** An SDK whose methods stand any number of names deep: `openai.chat.completions.create`. */
export const sdk = (what: IoKind): LibraryType => ({ ...sends(what), members: { '*': 'sdk' } });

/** A class of such an SDK. */
export const SDK_CLASS: LibraryType = { instance: 'sdk', construct: { returns: 'sdk' } };
