import type { OrderStatus, PrismaClient } from '@prisma/client';
import { prisma } from '../database.js';

export interface NewOrder {
  userId: string;
  lines: { productId: string; quantity: number }[];
}

export class OrderRepository {
  constructor(private readonly db: PrismaClient) {}

  async findById(id: string) {
    const order = await this.db.order.findUnique({ where: { id }, include: { lines: true } });
    if (!order) return null;
    const lines = [];
    for (const line of order.lines) {
      const product = await this.db.product.findUnique({ where: { id: line.productId } });
      lines.push({ ...line, product });
    }
    return { ...order, lines };
  }

  findByUser(userId: string) {
    return this.db.order.findMany({ where: { userId }, orderBy: { createdAt: 'desc' }, take: 100 });
  }

  countByUser(userId: string) {
    return this.db.order.count({ where: { userId } });
  }

  create({ userId, lines }: NewOrder) {
    return this.db.order.create({ data: { userId, lines: { create: lines } } });
  }

  setStatus(id: string, status: OrderStatus) {
    return this.db.order.update({ where: { id }, data: { status } });
  }

  setNote(id: string, note: string) {
    return this.db.order.update({ where: { id }, data: { note } });
  }
}

export const orderRepository = new OrderRepository(prisma);
