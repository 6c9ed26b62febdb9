/** Work besides keeping data that never leaves the process; what goes over the network is the effect `io` of the libraries. */
export type LocalWork = 'hash' | 'event';

/** Calls of a package that are such work: of the named functions or methods, or of all. */
export interface WorkSpec {
  readonly kind: LocalWork;
  readonly packages: RegExp;
  readonly names?: ReadonlySet<string>;
}

/** From the documentation of each package. */
export const LOCAL_WORK: readonly WorkSpec[] = [
  { kind: 'hash', packages: /^(?:bcrypt|bcryptjs|@node-rs\/(?:bcrypt|argon2)|argon2)$/ },
  { kind: 'hash', packages: /^crypto$/, names: new Set(['scrypt', 'scryptSync', 'pbkdf2', 'pbkdf2Sync', 'argon2', 'argon2Sync']) },
  {
    kind: 'event',
    packages: /^(?:events|eventemitter2|eventemitter3|emittery|mitt|@nestjs\/(?:event-emitter|cqrs))$/,
    names: new Set(['emit', 'emitAsync', 'emitSerial', 'publish', 'publishAll']),
  },
];
