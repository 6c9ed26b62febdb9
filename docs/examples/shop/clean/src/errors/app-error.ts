/** An error that a client may see: with a code for machines and a status. */
export class AppError extends Error {
  constructor(
    message: string,
    readonly code: string,
    readonly statusCode: number,
    readonly details?: unknown,
  ) {
    super(message);
    this.name = new.target.name;
  }
}

export class NotFoundError extends AppError {
  constructor(resource: 'user' | 'product' | 'order', id: string) {
    super(`There is no ${resource} ${id}`, `${resource.toUpperCase()}_NOT_FOUND`, 404);
  }
}

export class ConflictError extends AppError {
  constructor(message: string, code: string) {
    super(message, code, 409);
  }
}
