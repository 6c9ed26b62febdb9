/** What a program does besides keeping data. */
export type WorkKind = 'hash' | 'mail' | 'http' | 'queue' | 'event';

/** Calls of a package that are such work: of the named functions or methods, or of all. */
export interface WorkSpec {
  readonly kind: WorkKind;
  readonly packages: RegExp;
  readonly names?: ReadonlySet<string>;
}

/** From the documentation of each package. Making a client or a queue is no work yet. */
export const WORK: readonly WorkSpec[] = [
  { kind: 'hash', packages: /^(?:bcrypt|bcryptjs|@node-rs\/(?:bcrypt|argon2)|argon2)$/ },
  { kind: 'hash', packages: /^crypto$/, names: new Set(['scrypt', 'scryptSync', 'pbkdf2', 'pbkdf2Sync', 'argon2', 'argon2Sync']) },
  { kind: 'mail', packages: /^(?:nodemailer|@nestjs-modules\/mailer)$/, names: new Set(['sendMail']) },
  { kind: 'mail', packages: /^(?:resend|@sendgrid\/mail|postmark|@aws-sdk\/client-ses(?:v2)?)$/, names: new Set(['send', 'sendMultiple', 'sendEmail', 'sendEmailWithTemplate']) },
  {
    kind: 'http',
    packages: /^(?:axios|got|ky|node-fetch|undici|superagent|needle|@nestjs\/axios)$/,
    names: new Set(['', 'default', 'fetch', 'request', 'get', 'post', 'put', 'patch', 'delete', 'del', 'head']),
  },
  { kind: 'queue', packages: /^(?:bullmq|bull|bee-queue|@nestjs\/bull(?:mq)?)$/, names: new Set(['add', 'addBulk', 'createJob']) },
  { kind: 'queue', packages: /^(?:kafkajs|amqplib|@aws-sdk\/client-(?:sqs|sns))$/, names: new Set(['send', 'sendBatch', 'sendToQueue', 'publish']) },
  {
    kind: 'event',
    packages: /^(?:events|eventemitter2|eventemitter3|emittery|mitt|@nestjs\/(?:event-emitter|cqrs))$/,
    names: new Set(['emit', 'emitAsync', 'emitSerial', 'publish', 'publishAll']),
  },
];

/** Functions of the platform. */
export const GLOBAL_WORK: Readonly<Record<string, WorkKind>> = { fetch: 'http' };
