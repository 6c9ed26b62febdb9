import { scryptSync } from 'node:crypto';
import type { PrismaClient } from '@prisma/client';
import { prisma } from '../database.js';

export class UserCredentialsRepository {
  constructor(private readonly db: PrismaClient) {}

  setApiKey(id: string, apiKey: string) {
    return this.db.user.update({ where: { id }, data: { apiKey: scryptSync(apiKey, id, 64).toString('hex') } });
  }
}

export const userCredentialsRepository = new UserCredentialsRepository(prisma);
