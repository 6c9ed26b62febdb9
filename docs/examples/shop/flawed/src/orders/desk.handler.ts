import type { Request, Response } from 'express';
import { z } from 'zod';
import { ok } from '../http/envelope.js';
import { orderService } from './orders.service.js';

const ById = z.object({ id: z.string() });

export async function reopenOrder(req: Request, res: Response): Promise<void> {
  ok(res, await orderService.reopen(ById.parse(req.params).id));
}

export async function releaseOrder(req: Request, res: Response): Promise<void> {
  const order = await orderService.reopen(ById.parse(req.params).id);
  res.status(204).json({ success: true, data: order });
}

export async function getPackingList(req: Request, res: Response): Promise<void> {
  const order = await orderService.get(ById.parse(req.params).id);
  ok(res, order.lines);
}

export async function getDeliveryNote(req: Request, res: Response): Promise<void> {
  const order = await orderService.get(ById.parse(req.params).id);
  ok(res, { orderId: order.id, lines: order.lines });
}
