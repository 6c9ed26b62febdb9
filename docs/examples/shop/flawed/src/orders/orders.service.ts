import type { Response } from 'express';
import { NotFoundError } from '../errors/app-error.js';
import { orderRepository, type NewOrder, type OrderRepository } from './orders.repository.js';

export class OrderService {
  constructor(private readonly orders: OrderRepository) {}

  async get(id: string) {
    const order = await this.orders.findById(id);
    if (!order) throw new NotFoundError('order', id);
    return order;
  }

  listOfUser(userId: string) {
    return this.orders.findByUser(userId);
  }

  countOfUser(userId: string) {
    return this.orders.countByUser(userId);
  }

  place(input: NewOrder) {
    return this.orders.create(input);
  }

  reopen(id: string) {
    return this.orders.setStatus(id, 'PLACED');
  }

  async cancel(id: string, res: Response): Promise<void> {
    const order = await this.get(id);
    if (order.status === 'CANCELLED') {
      res.status(409).json({ success: false, error: { code: 'ORDER_CANCELLED', message: 'The order is already cancelled' } });
      return;
    }
    const data = await this.orders.setStatus(id, 'CANCELLED');
    res.status(200).json({ success: true, data });
  }
}

export const orderService = new OrderService(orderRepository);
