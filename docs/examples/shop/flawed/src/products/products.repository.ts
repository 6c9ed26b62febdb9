import type { PrismaClient } from '@prisma/client';
import { prisma } from '../database.js';

export interface NewProduct {
  name: string;
  sku: string;
  priceCents: number;
}

export class ProductRepository {
  constructor(private readonly db: PrismaClient) {}

  findById(id: string) {
    return this.db.product.findUnique({ where: { id } });
  }

  findNewest() {
    return this.db.product.findMany({ orderBy: { id: 'desc' }, take: 10 });
  }

  create(data: NewProduct) {
    return this.db.product.create({ data });
  }
}

export const productRepository = new ProductRepository(prisma);
