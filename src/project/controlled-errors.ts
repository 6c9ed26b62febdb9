import { globalErrorName } from './error-classes.ts';
import type { Narrowing } from './guards.ts';

/** Classes that any error may be of, so that asking for them tells nothing of its message. */
const DRIVER_ERROR =
  /^(?:PrismaClient\w*Error|QueryFailedError|TypeORMError|DatabaseError|PostgresError|DrizzleError|DrizzleQueryError|Mongo\w*Error|MongooseError|SequelizeError|BaseError|KnexTimeoutError|SqliteError|LibsqlError|AxiosError|FetchError|Exception|UniqueConstraintError|ForeignKeyConstraintError)$/;

/** Properties that mark an error as one that clients may see. */
const PUBLIC_MARK = /^(?:expose|isOperational|isPublic|isAppError|isCustom|isBoom|isHttpError|status|statusCode|httpStatus|httpStatusCode|statusNumber|errorCode|validation|issues|isJoi|userMessage|publicMessage)$/;
const NAMED_CLASS = /(?:Error|Exception)$/;

/** Whether what is known of an error says that its message was written for clients. */
export function isControlledError(narrowing: Narrowing): boolean {
  switch (narrowing.kind) {
    case 'class': {
      if (DRIVER_ERROR.test(narrowing.name) && !narrowing.origins.some((origin) => origin.kind === 'class')) return false;
      if (narrowing.origins.length === 0) return NAMED_CLASS.test(narrowing.name) && narrowing.name !== 'Error';
      return narrowing.origins.some((origin) => origin.kind === 'class' || (origin.kind === 'external' && globalErrorName(origin) === undefined && origin.module !== 'global'));
    }
    case 'predicate':
      if (narrowing.classes.length > 0) return narrowing.classes.some(isControlledError);
      return !/^(?:isError|isNativeError|isObject|isString|isEmpty|isNil|isDefined|isPlainObject|isAxiosError|isPrismaError|isDatabaseError|isErrorLike)$/.test(narrowing.name);
    case 'property':
      if (narrowing.property === 'name') return typeof narrowing.value === 'string' && narrowing.value !== 'Error' && !DRIVER_ERROR.test(narrowing.value);
      if (narrowing.property === 'code' || narrowing.property === 'type' || narrowing.property === 'message') return narrowing.value !== undefined && narrowing.value !== null;
      return PUBLIC_MARK.test(narrowing.property);
  }
}
