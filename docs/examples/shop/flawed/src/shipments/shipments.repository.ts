import type { PrismaClient } from '@prisma/client';
import { prisma } from '../database.js';

export interface NewShipment {
  orderId: string;
  addressId: number;
}

export class ShipmentRepository {
  constructor(private readonly db: PrismaClient) {}

  async create(data: NewShipment) {
    const [shipment] = await this.db.$transaction([
      this.db.shipment.create({ data }),
      this.db.order.update({ where: { id: data.orderId }, data: { note: 'shipped' } }),
    ]);
    return shipment;
  }
}

export const shipmentRepository = new ShipmentRepository(prisma);
