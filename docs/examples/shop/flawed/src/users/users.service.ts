import { ConflictError, NotFoundError } from '../errors/app-error.js';
import { orderService, type OrderService } from '../orders/orders.service.js';
import { userRepository, type NewUser, type UserPage, type UserRepository } from './users.repository.js';

export class UserService {
  constructor(
    private readonly users: UserRepository,
    private readonly orders: OrderService,
  ) {}

  /** Users of a page, each with the number of their orders. */
  async list(page: UserPage) {
    const users = await this.users.findPage(page);
    return Promise.all(users.map(async (user) => ({ ...user, orderCount: await this.orders.countOfUser(user.id) })));
  }

  async get(id: string) {
    const user = await this.users.findById(id);
    if (!user) throw new NotFoundError('user', id);
    return user;
  }

  async register(input: NewUser) {
    if (await this.users.findByEmail(input.email)) throw new ConflictError('This e-mail address is taken', 'EMAIL_TAKEN');
    return this.users.create(input);
  }
}

export const userService = new UserService(userRepository, orderService);
