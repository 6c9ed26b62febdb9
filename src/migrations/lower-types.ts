import type {
  AlterDomainStmt, AlterEnumStmt, AlterSeqStmt, CompositeTypeStmt, Constraint, CreateDomainStmt, CreateEnumStmt, CreateExtensionStmt, CreateSchemaStmt,
  CreateSeqStmt, Node,
} from 'libpg-query';
import { clauseFrom, type Source } from './clause-places.ts';
import { lowerColumn } from './column-definitions.ts';
import { lowerType } from './column-types.ts';
import { lowerConstraint } from './constraint-definitions.ts';
import { lowerDefault } from './default-values.ts';
import type {
  AlterDomainStatement, ConstraintDefinition, CreateDomainStatement, CreateSchemaStatement, CreateTypeStatement, EnumValueStatement, SequenceStatement,
} from './statements.ts';
import { isTemporary, nameOfPath, nameOfRelation, stringsOf } from './syntax-tree.ts';

export function lowerDomain(domain: CreateDomainStmt, source: Source): CreateDomainStatement {
  const { start, end } = source.piece;
  const own = (domain.constraints ?? []).flatMap((node) => ('Constraint' in node ? [node.Constraint] : []));
  const fallback = own.find(({ contype }) => contype === 'CONSTR_DEFAULT')?.raw_expr;
  return {
    start,
    end,
    kind: 'createDomain',
    domain: nameOfPath(stringsOf(domain.domainname)),
    type: lowerType(domain.typeName) ?? { name: '', args: [], dimensions: 0 },
    ...(fallback ? { default: lowerDefault(fallback) } : {}),
    constraints: own.flatMap((constraint, i) => lowerOwn(constraint, source, own[i + 1]?.location) ?? []),
  };
}

function lowerOwn(constraint: Constraint, source: Source, next?: number): ConstraintDefinition | undefined {
  const limit = next === undefined ? undefined : source.at(next);
  return lowerConstraint(constraint, source, constraint.location === undefined ? undefined : source.at(constraint.location), limit);
}

/** By the letter of the parser; `T` is SET DEFAULT with an expression and DROP DEFAULT without. */
const DOMAIN_ACTIONS: Readonly<Record<string, AlterDomainStatement['action']>> = {
  T: 'dropDefault',
  N: 'dropNotNull',
  O: 'setNotNull',
  C: 'addConstraint',
  X: 'dropConstraint',
  V: 'validateConstraint',
};

export function lowerDomainChange(change: AlterDomainStmt, source: Source): AlterDomainStatement {
  const { start, end } = source.piece;
  const constraint = change.def && 'Constraint' in change.def ? lowerOwn(change.def.Constraint, source) : undefined;
  const action = DOMAIN_ACTIONS[change.subtype ?? ''] ?? 'setDefault';
  return {
    start,
    end,
    kind: 'alterDomain',
    domain: nameOfPath(stringsOf(change.typeName)),
    action: action === 'dropDefault' && change.def ? 'setDefault' : action,
    ...(constraint ? { constraint } : {}),
    ...(change.name === undefined ? {} : { constraintName: change.name }),
  };
}

export function lowerEnum(type: CreateEnumStmt, { piece: { start, end } }: Source): CreateTypeStatement {
  return { start, end, kind: 'createType', type: nameOfPath(stringsOf(type.typeName)), form: 'enum', values: stringsOf(type.vals) };
}

export function lowerComposite(type: CompositeTypeStmt, source: Source): CreateTypeStatement {
  const { start, end } = source.piece;
  const columns = (type.coldeflist ?? []).flatMap((node) =>
    'ColumnDef' in node ? [lowerColumn(node.ColumnDef, source, clauseFrom(source, source.at(node.ColumnDef.location ?? 0)))] : [],
  );
  return { start, end, kind: 'createType', type: nameOfRelation(type.typevar), form: 'composite', columns };
}

export function lowerOtherType(form: 'range' | 'base', path: readonly Node[] | undefined, { piece: { start, end } }: Source): CreateTypeStatement {
  return { start, end, kind: 'createType', type: nameOfPath(stringsOf(path)), form };
}

export function lowerEnumValue(change: AlterEnumStmt, { piece: { start, end } }: Source): EnumValueStatement {
  const { typeName, oldVal, newVal = '', newValNeighbor, newValIsAfter, skipIfNewValExists } = change;
  return {
    start,
    end,
    kind: 'enumValue',
    type: nameOfPath(stringsOf(typeName)),
    action: oldVal === undefined ? 'add' : 'rename',
    value: newVal,
    ...(oldVal === undefined ? {} : { oldValue: oldVal }),
    ...(skipIfNewValExists ? { ifNotExists: true as const } : {}),
    ...(newValNeighbor === undefined ? {} : { neighbour: newValNeighbor, before: newValIsAfter !== true }),
  };
}

export function lowerSequence(statement: CreateSeqStmt | AlterSeqStmt, kind: SequenceStatement['kind'], { piece: { start, end } }: Source): SequenceStatement {
  const elements = (statement.options ?? []).flatMap((node) => ('DefElem' in node ? [node.DefElem] : []));
  const owner = elements.find(({ defname }) => defname === 'owned_by')?.arg;
  const path = owner && 'List' in owner ? stringsOf(owner.List.items) : undefined;
  const ownedBy = path && (path.length < 2 ? ('none' as const) : { table: nameOfPath(path.slice(0, -1)), column: path.at(-1) ?? '' });
  const names = elements.map(({ defname = '' }) => defname);
  return {
    start,
    end,
    kind,
    sequence: nameOfRelation(statement.sequence),
    ...('if_not_exists' in statement && statement.if_not_exists ? { ifNotExists: true } : {}),
    ...(isTemporary(statement.sequence) ? { temporary: true as const } : {}),
    ...(ownedBy ? { ownedBy } : {}),
    ...(names.includes('restart') ? { restart: true as const } : {}),
    options: names,
  };
}

export function lowerSchema(schema: CreateSchemaStmt, { piece: { start, end } }: Source): CreateSchemaStatement {
  const { schemaname: name = '', if_not_exists: ifNotExists, authrole } = schema;
  return { start, end, kind: 'createSchema', name: name === '' ? (authrole?.rolename ?? '') : name, ifNotExists: ifNotExists === true };
}

export function lowerExtension(extension: CreateExtensionStmt, { piece: { start, end } }: Source): CreateSchemaStatement {
  const options = (extension.options ?? []).flatMap((node) => ('DefElem' in node ? [node.DefElem] : []));
  const [schema] = stringsOf(options.flatMap(({ defname, arg }) => (defname === 'schema' && arg ? [arg] : [])));
  const ifNotExists = extension.if_not_exists === true;
  return { start, end, kind: 'createExtension', name: extension.extname ?? '', ifNotExists, ...(schema === undefined ? {} : { schema }) };
}
