import type { PrismaClient } from '@prisma/client';
import { prisma } from '../database.js';
import { userRepository, type UserRepository } from '../users/users.repository.js';
import { OrderRepository, orderRepository, type NewOrder } from './orders.repository.js';

export class CheckoutService {
  constructor(
    private readonly db: PrismaClient,
    private readonly orders: OrderRepository,
    private readonly users: UserRepository,
  ) {}

  /** The first order of a user gives the code by which others are invited. */
  async placeFirst(input: NewOrder) {
    const order = await this.orders.create(input);
    await this.users.setReferralCode(input.userId, order.id.slice(0, 8));
    return order;
  }

  confirm(id: string) {
    return this.db.$transaction(async (tx) => {
      const orders = new OrderRepository(tx as PrismaClient);
      const order = await orders.setStatus(id, 'PLACED');
      await this.orders.setNote(id, `confirmed for user ${order.userId}`);
      await fetch('https://warehouse.example.com/orders', { method: 'POST', body: JSON.stringify({ id }) });
      return order;
    });
  }
}

export const checkoutService = new CheckoutService(prisma, orderRepository, userRepository);
