import type { Request, Response } from 'express';
import { z } from 'zod';
import { prisma } from '../database.js';
import { created, ok } from '../http/envelope.js';
import { productService } from './products.service.js';

const ById = z.object({ id: z.string() });

export async function listProducts(_req: Request, res: Response): Promise<void> {
  const products = await prisma.product.findMany({ orderBy: { name: 'asc' } });
  res.json(products);
}

export async function listNewest(_req: Request, res: Response): Promise<void> {
  ok(res, await productService.newest());
}

export async function getProduct(req: Request, res: Response): Promise<void> {
  ok(res, await productService.get(ById.parse(req.params).id));
}

export async function createProduct(req: Request, res: Response): Promise<void> {
  created(res, await productService.add(req.body));
}
