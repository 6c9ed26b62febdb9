import { expect, test } from 'vitest';
import { queriesIn } from '../project/query-lines.ts';

const CODE = `import { Model } from 'sequelize';
class Base extends Model {
  static createLogged(values: object) { return this.create(values); }
  saveLogged() { return this.save(); }
}
class User extends Base {
  static findByPk(id: string) { return this.scope('all').findOne({ where: { id } }); }
  static latest() { return this.findAll(); }
}
class Team extends Base {}
export async function run(id: string, user: User) {
  await User.findByPk(id);
  await User.scope('active').findAll();
  await Team.createLogged({});
  const team = await Team.findOne({});
  await team.destroy();
  await team.saveLogged();
  await user.update({});
  for (const each of await Team.findAll()) await each.$get('users');
  await Team.sequelize.query('SELECT 1 FROM plans');
  await Team.sequelize.transaction(async (transaction) => { await Team.bulkCreate([], { transaction }); });
  return Team.build({});
}
`;

test('Sequelize: what is sent, line by line', () => {
  expect(queriesIn(CODE)).toEqual([
    '3 write sequelize Base this.create generic',
    '4 write sequelize Base this.save generic',
    '7 read sequelize User this.scope().findOne single',
    '8 read sequelize User this.findAll',
    '12 read sequelize User User.findByPk single through',
    '13 read sequelize User User.scope().findAll',
    '14 write sequelize Team Team.createLogged through',
    '15 read sequelize Team Team.findOne single',
    '16 write sequelize Team team.destroy',
    '17 write sequelize Team team.saveLogged through',
    '18 write sequelize User user.update',
    '19 read sequelize Team Team.findAll',
    '19 read sequelize Team each.$get',
    '20 read sequelize plans Team.sequelize.query',
    '21 write sequelize Team Team.bulkCreate bulk',
  ]);
});
