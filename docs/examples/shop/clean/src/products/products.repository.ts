import type { PrismaClient } from '@prisma/client';
import { prisma } from '../database.js';

export interface NewProduct {
  name: string;
  sku?: string;
  priceCents: number;
  stock: number;
}

export class ProductRepository {
  constructor(private readonly db: PrismaClient) {}

  findInStock() {
    return this.db.product.findMany({ where: { stock: { gt: 0 } }, orderBy: { name: 'asc' }, take: 100 });
  }

  findById(id: string) {
    return this.db.product.findUnique({ where: { id } });
  }

  findByIds(ids: string[]) {
    return this.db.product.findMany({ where: { id: { in: ids } } });
  }

  create(data: NewProduct) {
    return this.db.product.create({ data });
  }
}

export const productRepository = new ProductRepository(prisma);
