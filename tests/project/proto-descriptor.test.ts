import { expect, test } from 'vitest';
import { readFileDescriptor } from '../../src/project/proto-descriptor.ts';

const base64 = (bytes: readonly number[]): string => Buffer.from(bytes).toString('base64');
const text = (value: string): readonly number[] => [...Buffer.from(value)];

test.each([
  { name: 'nothing', bytes: [], expected: { package: '', services: [] } },
  { name: 'a package', bytes: [0x12, 4, ...text('shop')], expected: { package: 'shop', services: [] } },
  {
    name: 'a service with a method, among fields of other kinds',
    bytes: [0x08, 0x96, 0x01, 0x0d, 0, 0, 0, 0, 0x11, 0, 0, 0, 0, 0, 0, 0, 0, 0x32, 13, 0x0a, 4, ...text('Cart'), 0x12, 5, 0x0a, 3, ...text('Add')],
    expected: { package: '', services: [{ name: 'Cart', methods: ['Add'] }] },
  },
  { name: 'a field that ends too early', bytes: [0x12, 9, ...text('shop')], expected: undefined },
  { name: 'a kind of field that does not exist', bytes: [0x17], expected: undefined },
])('$name', ({ bytes, expected }) => {
  expect(readFileDescriptor(base64(bytes))).toEqual(expected);
});
