import type { PrismaClient } from '@prisma/client';
import { prisma } from '../database.js';
import { OrderRepository, orderRepository } from './orders.repository.js';

export class CheckoutService {
  constructor(
    private readonly db: PrismaClient,
    private readonly orders: OrderRepository,
  ) {}

  confirm(id: string) {
    return this.db.$transaction(async (tx) => {
      const orders = new OrderRepository(tx as PrismaClient);
      const order = await orders.setStatus(id, 'PLACED');
      await this.orders.setNote(id, `confirmed for user ${order.userId}`);
      return order;
    });
  }
}

export const checkoutService = new CheckoutService(prisma, orderRepository);
