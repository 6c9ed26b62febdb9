import type { PrismaClient } from '@prisma/client';
import { prisma } from '../database.js';

export interface NewShipment {
  orderId: string;
  addressId: number;
}

export class ShipmentRepository {
  constructor(private readonly db: PrismaClient) {}

  create(data: NewShipment) {
    return this.db.shipment.create({ data });
  }
}

export const shipmentRepository = new ShipmentRepository(prisma);
