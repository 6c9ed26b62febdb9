import type { Response } from 'express';

interface PageMeta {
  nextCursor?: string;
}

/** Answers 200 with the data in the envelope. */
export function ok<T>(res: Response, data: T, meta?: PageMeta): void {
  res.status(200).json({ success: true, data, meta });
}

/** Answers 201 with what was created. */
export function created<T>(res: Response, data: T): void {
  res.status(201).json({ success: true, data });
}
