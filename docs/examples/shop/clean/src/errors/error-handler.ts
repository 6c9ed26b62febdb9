import type { NextFunction, Request, Response } from 'express';
import { ZodError } from 'zod';
import { AppError } from './app-error.js';

export function errorHandler(error: unknown, req: Request, res: Response, _next: NextFunction): void {
  if (error instanceof ZodError) {
    res.status(400).json({ success: false, error: { code: 'VALIDATION_FAILED', message: 'The request is not valid', details: error.issues } });
    return;
  }
  if (error instanceof AppError) {
    res.status(error.statusCode).json({ success: false, error: { code: error.code, message: error.message, details: error.details } });
    return;
  }
  console.error('Unexpected error', { path: req.path, error });
  res.status(500).json({ success: false, error: { code: 'INTERNAL_ERROR', message: 'Something went wrong on our side' } });
}
