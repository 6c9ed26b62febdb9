import type { PrismaClient } from '@prisma/client';
import { prisma } from '../database.js';
import { normaliseEmail } from './users.handler.js';

export interface NewUser {
  email: string;
  displayName: string;
}

export interface UserPage {
  cursor?: string;
  limit: number;
}

export class UserRepository {
  constructor(private readonly db: PrismaClient) {}

  findPage({ cursor, limit }: UserPage) {
    return this.db.user.findMany({ take: limit, orderBy: { id: 'asc' }, ...(cursor ? { cursor: { id: cursor }, skip: 1 } : {}) });
  }

  findById(id: string) {
    return this.db.user.findUnique({ where: { id } });
  }

  findByEmail(email: string) {
    return this.db.user.findUnique({ where: { email: normaliseEmail(email) } });
  }

  create(data: NewUser) {
    return this.db.user.create({ data });
  }

  setReferralCode(id: string, referralCode: string) {
    return this.db.user.update({ where: { id }, data: { referralCode } });
  }
}

export const userRepository = new UserRepository(prisma);
