import { expect, test } from 'vitest';
import { queriesIn } from '../project/query-lines.ts';

const CODE = `import { Repository, DataSource, EntityManager, BaseEntity, getRepository } from 'typeorm';
class User extends BaseEntity { id!: string; }
class Order {}
class UserRepository extends Repository<User> {
  byName(name: string) { return this.createQueryBuilder('u').where('u.name = :name', { name }).getMany(); }
}
class Service {
  constructor(@InjectRepository(Order) private readonly orders: Repository<Order>, private users: UserRepository, private source: DataSource) {}
  async run(manager: EntityManager) {
    await this.orders.find();
    const order = this.orders.create({});
    await this.orders.save(order);
    await this.users.findOneBy({ id: '1' });
    await manager.delete(User, { id: '1' });
    await this.source.transaction(async (tx) => { await tx.getRepository(Order).insert({}); });
    await this.source.query('update orders set total = 0');
    const builder = this.orders.createQueryBuilder('o');
    builder.andWhere('o.open');
    return builder.getCount();
  }
}
export const old = () => getRepository(User).findByIds([]);
export const active = () => User.find();
export const change = (user: User) => user.save();
export const bulk = (manager: EntityManager) => manager.createQueryBuilder().update(Order).set({}).execute();
`;

test('TypeORM: what is sent, line by line', () => {
  expect(queriesIn(CODE)).toEqual([
    '5 read typeorm User this.createQueryBuilder().where().getMany',
    '10 read typeorm Order this.orders.find',
    '12 write typeorm Order this.orders.save',
    '13 read typeorm User this.users.findOneBy single',
    '14 write typeorm User manager.delete(User) bulk',
    '15 write typeorm Order tx.getRepository().insert bulk',
    '16 write typeorm orders this.source.query',
    '19 read typeorm Order builder.getCount single',
    '22 read typeorm User getRepository().findByIds',
    '23 read typeorm User User.find',
    '24 write typeorm User user.save',
    '25 write typeorm Order manager.createQueryBuilder().update().set().execute',
  ]);
});
