import type { OrderStatus, PrismaClient } from '@prisma/client';
import { prisma } from '../database.js';

export interface NewOrder {
  userId: string;
  lines: { productId: string; quantity: number }[];
}

export class OrderRepository {
  constructor(private readonly db: PrismaClient) {}

  findById(id: string) {
    return this.db.order.findUnique({ where: { id }, include: { lines: { take: 50, include: { product: true } } } });
  }

  findByUser(userId: string) {
    return this.db.order.findMany({ where: { userId }, orderBy: { createdAt: 'desc' }, take: 100 });
  }

  /** Number of orders by user id; users without orders are absent. */
  async countByUser(userIds: string[]) {
    const groups = await this.db.order.groupBy({ by: ['userId'], where: { userId: { in: userIds } }, _count: true });
    return new Map(groups.map((group) => [group.userId, group._count]));
  }

  create({ userId, lines }: NewOrder) {
    return this.db.order.create({ data: { userId, lines: { create: lines } } });
  }

  setStatus(id: string, status: OrderStatus) {
    return this.db.order.update({ where: { id }, data: { status } });
  }
}

export const orderRepository = new OrderRepository(prisma);
