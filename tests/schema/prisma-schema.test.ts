import { describe, expect, it } from 'vitest';
import { readPrismaModels } from '../../src/schema/prisma-schema.ts';

/** Models in one line each: table, then columns, `?` nullable, `=` filled in, then relations. */
function show(files: Readonly<Record<string, string>>): string[] {
  return readPrismaModels(Object.entries(files).map(([path, text]) => ({ path, text }))).map(({ name, schema, table, columns, relations }) => {
    const fields = columns.map((each) => `${each.property}${each.column === each.property ? '' : `→${each.column}`}${each.nullable ? '?' : ''}${each.filled ? '=' : ''}`);
    const links = relations.map(({ property, target }) => `${property}>${target}`);
    return `${name} ${schema === undefined ? '' : `${schema}.`}${table}: ${[...fields, ...links].join(' ')}`;
  });
}

describe('readPrismaModels', () => {
  it('reads names, mappings, relations and what the client never selects', () => {
    const text = `
      generator client { provider = "prisma-client" }
      enum Role { ADMIN @map("admin") USER }
      /// A person.
      model User {
        id        Int      @id @default(autoincrement()) // key
        fullName  String?  @map("full_name")
        role      Role     @default(USER)
        tags      String[]
        old       String?  @ignore
        shape     Unsupported("point")?
        orders    Order[]
        updatedAt DateTime @updatedAt @map(name: "updated_at")
        @@map("users")
        @@schema("shop")
        @@index([fullName], map: "by_name")
      }
      /* model Gone { id Int @id } */
      model Internal {
        id Int @id
        @@ignore
      }
    `;
    expect(show({ 'schema.prisma': text, 'order.prisma': 'model Order {\n  id Int @id\n  userId Int\n  user User @relation(fields: [userId], references: [id])\n}' })).toEqual([
      'User shop.users: id= fullName→full_name? role= tags? updatedAt→updated_at= orders>Order',
      'Order Order: id userId user>User',
    ]);
  });

  it('says where a field stands', () => {
    const text = 'model A {\n  // id\n  id Int @id\n}';
    expect(readPrismaModels([{ path: 'a.prisma', text }]).flatMap(({ columns }) => columns.map(({ start, end }) => [start, text.slice(start, end)]))).toEqual([[20, 'id']]);
  });
});
