import type { Request, Response } from 'express';

/** Answers requests that no route took. */
export function notFound(req: Request, res: Response): void {
  res.status(404).json({ message: `There is no ${req.path}` });
}
