import { expect, test } from 'vitest';
import { queriesIn } from '../project/query-lines.ts';

const CODE = `import mongoose, { Model, type HydratedDocument } from 'mongoose';
const User = mongoose.model('User', new mongoose.Schema({}));
class Repo {
  constructor(private readonly cats: Model<Cat>) {}
  async run() {
    await this.cats.find({}).sort({}).limit(3);
    await this.cats.findOne({}).lean().exec();
    const cat = await new this.cats({}).save();
    await cat.deleteOne();
    await this.cats.updateMany({}, {});
    await User.create({});
  }
}
class Cat {}
export const touch = (cat: HydratedDocument<Cat>) => cat.save();
`;

test('Mongoose: what is sent, line by line', () => {
  expect(queriesIn(CODE)).toEqual([
    '6 read mongoose Cat this.cats.find',
    '7 read mongoose Cat this.cats.findOne single',
    '8 write mongoose Cat new this.cats().save',
    '9 write mongoose Cat cat.deleteOne',
    '10 write mongoose Cat this.cats.updateMany bulk',
    '11 write mongoose User User.create',
    '15 write mongoose Cat cat.save',
  ]);
});
