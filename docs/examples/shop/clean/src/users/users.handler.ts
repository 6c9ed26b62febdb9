import type { Request, Response } from 'express';
import { z } from 'zod';
import { created, ok } from '../http/envelope.js';
import { orderService } from '../orders/orders.service.js';
import { userService } from './users.service.js';

const NewUser = z.object({ email: z.email(), name: z.string().min(1) });
const Page = z.object({ cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(100).default(20) });
const ById = z.object({ id: z.string() });

export async function listUsers(req: Request, res: Response): Promise<void> {
  const users = await userService.list(Page.parse(req.query));
  ok(res, users, { nextCursor: users.at(-1)?.id });
}

export async function getUser(req: Request, res: Response): Promise<void> {
  ok(res, await userService.get(ById.parse(req.params).id));
}

export async function createUser(req: Request, res: Response): Promise<void> {
  created(res, await userService.register(NewUser.parse(req.body)));
}

export async function listUserOrders(req: Request, res: Response): Promise<void> {
  ok(res, await orderService.listOfUser(ById.parse(req.params).id));
}
