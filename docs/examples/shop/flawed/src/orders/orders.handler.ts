import type { Request, Response } from 'express';
import { z } from 'zod';
import { created, ok } from '../http/envelope.js';
import { orderService } from './orders.service.js';

const NewOrder = z.object({
  userId: z.string(),
  lines: z.array(z.object({ productId: z.string(), quantity: z.number().int().positive() })).min(1).max(50),
});
const ById = z.object({ id: z.string() });

export async function getOrder(req: Request, res: Response): Promise<void> {
  ok(res, await orderService.get(ById.parse(req.params).id));
}

export async function placeOrder(req: Request, res: Response): Promise<void> {
  created(res, await orderService.place(NewOrder.parse(req.body)));
}

export async function cancelOrder(req: Request, res: Response): Promise<void> {
  await orderService.cancel(ById.parse(req.params).id, res);
}
