import type { PrismaClient } from '@prisma/client';
import { prisma } from '../database.js';
import { NotFoundError } from '../errors/app-error.js';
import { shipmentRepository, type ShipmentRepository } from './shipments.repository.js';

export class ShipmentService {
  constructor(
    private readonly shipments: ShipmentRepository,
    private readonly db: PrismaClient,
  ) {}

  async ship(orderId: string, addressId: number) {
    const order = await this.db.order.findUnique({ where: { id: orderId } });
    if (!order) throw new NotFoundError('order', orderId);
    return this.shipments.create({ orderId, addressId });
  }
}

export const shipmentService = new ShipmentService(shipmentRepository, prisma);
