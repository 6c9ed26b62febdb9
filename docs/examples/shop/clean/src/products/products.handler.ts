import type { Request, Response } from 'express';
import { z } from 'zod';
import { created, ok } from '../http/envelope.js';
import { productService } from './products.service.js';

const NewProduct = z.object({ name: z.string().min(1), sku: z.string().optional(), priceCents: z.number().int().positive(), stock: z.number().int().min(0) });
const ById = z.object({ id: z.string() });

export async function listProducts(_req: Request, res: Response): Promise<void> {
  ok(res, await productService.listAvailable());
}

export async function getProduct(req: Request, res: Response): Promise<void> {
  ok(res, await productService.get(ById.parse(req.params).id));
}

export async function createProduct(req: Request, res: Response): Promise<void> {
  created(res, await productService.add(NewProduct.parse(req.body)));
}
