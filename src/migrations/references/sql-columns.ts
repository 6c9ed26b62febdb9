import { parseStatement } from '../postgres-parser.ts';
import { stringsOf, walkTree } from '../syntax-tree.ts';
import type { ColumnRef, Node, SelectStmt } from 'libpg-query';

/** What a statement names. `tables` are those that it reads or writes, in lower case as everything here. */
export interface NamedBySql {
  readonly tables: readonly string[];
  /** Columns with the tables they may belong to. */
  readonly columns: readonly { readonly column: string; readonly qualifier?: string; readonly tables: readonly string[] }[];
  /** Tables of which every column is selected. */
  readonly everyColumnOf: readonly string[];
  /** False when the text was only searched for words. */
  readonly parsed: boolean;
}

const STATEMENT = /^\s*(?:--[^\n]*\n\s*|\/\*[\s\S]*?\*\/\s*)*\(*\s*(?:select\b[\s\S]+\bfrom\b|with\b[\s\S]+\bas\b|insert\s+(?:or\s+\w+\s+)?into\b|update\b[\s\S]+\bset\b|delete\s+from\b|merge\s+into\b|replace\s+into\b|lock\s+table\b|truncate\b)/i;

/** Whether a text is a statement about rows, as far as its first words say. */
export function looksLikeSql(text: string): boolean {
  return text.length > 12 && text.length < 20_000 && STATEMENT.test(text);
}

/** Names of a statement whose computed parts are `?`. Text that PostgreSQL's parser refuses is searched for words. */
export function namesOfSql(text: string): NamedBySql {
  const sql = text
    .replace(/`([^`\n]*)`/g, '"$1"')
    .replace(/(?<![:\w])[:@](\w+)/g, '$$1')
    .replace(/\?+/g, '$$1')
    .replace(/\$\$1/g, '$1');
  const parsed = parseStatement(sql.replace(/;\s*$/, ''));
  return parsed.ok ? namesOfTree(parsed.node) : namesOfWords(text);
}

function namesOfTree(node: Node): NamedBySql {
  const aliases = new Map<string, string>();
  const common = new Set<string>();
  const refs: string[][] = [];
  const written: { readonly column: string; readonly table: string }[] = [];
  const stars: string[] = [];
  const everyColumnOf = new Set<string>();
  walkTree([node], (kind, each) => {
    if (kind === 'CommonTableExpr') common.add(String(each['ctename']).toLowerCase());
    if (kind === 'RangeVar') {
      const name = String(each['relname'] ?? '').toLowerCase();
      const alias = each['alias'] as { readonly aliasname?: string } | undefined;
      aliases.set((alias?.aliasname ?? name).toLowerCase(), name);
    }
    if (kind === 'ColumnRef') {
      const fields = (each as ColumnRef).fields ?? [];
      const names = stringsOf(fields).map((name) => name.toLowerCase());
      const isStar = fields.some((field) => 'A_Star' in field);
      const qualifier = names.at(-1);
      if (!isStar) refs.push(names);
      else if (qualifier !== undefined) stars.push(qualifier);
    }
    if (kind === 'SelectStmt') for (const table of wholeTables(each as SelectStmt)) everyColumnOf.add(table);
    if (kind === 'InsertStmt' || kind === 'UpdateStmt') {
      const target = each['relation'] as { readonly relname?: string; readonly alias?: { readonly aliasname?: string } } | undefined;
      const table = (target?.relname ?? '').toLowerCase();
      aliases.set((target?.alias?.aliasname ?? table).toLowerCase(), table);
      const list = (kind === 'InsertStmt' ? each['cols'] : each['targetList']) as readonly Node[] | undefined;
      for (const item of list ?? []) if ('ResTarget' in item && item.ResTarget.name) written.push({ column: item.ResTarget.name.toLowerCase(), table });
    }
    if (kind === 'DeleteStmt' || kind === 'MergeStmt') {
      const target = each['relation'] as { readonly relname?: string; readonly alias?: { readonly aliasname?: string } } | undefined;
      const table = (target?.relname ?? '').toLowerCase();
      aliases.set((target?.alias?.aliasname ?? table).toLowerCase(), table);
    }
  });
  const real = [...new Set(aliases.values())].filter((table) => table !== '' && !common.has(table));
  const tableOf = (qualifier: string | undefined): readonly string[] => {
    if (qualifier === undefined) return real;
    const table = aliases.get(qualifier);
    // The alias of a subquery or of a WITH stands for what is in it.
    return table === undefined || common.has(table) ? real : [table];
  };
  const columns = [
    ...refs.map((names) => {
      const qualifier = names.at(-2);
      return { column: names.at(-1) ?? '', ...(qualifier === undefined ? {} : { qualifier }), tables: tableOf(qualifier) };
    }),
    ...written.map(({ column, table }) => ({ column, tables: [table] })),
  ];
  return { tables: real, columns: columns.filter(({ column }) => column !== ''), everyColumnOf: [...new Set([...everyColumnOf, ...stars.flatMap((name) => aliases.get(name) ?? [])])].filter((table) => real.includes(table)), parsed: true };
}

/** Tables that a bare `*` stands for: those of its own FROM, not of subqueries. */
function wholeTables({ targetList = [], fromClause = [] }: SelectStmt): string[] {
  const isWhole = targetList.some((target) => {
    const value = 'ResTarget' in target ? target.ResTarget.val : undefined;
    return value !== undefined && 'ColumnRef' in value && value.ColumnRef.fields?.length === 1 && value.ColumnRef.fields.every((field) => 'A_Star' in field);
  });
  return isWhole ? fromClause.flatMap(joinedTables) : [];
}

function joinedTables(node: Node): string[] {
  if ('RangeVar' in node) return [(node.RangeVar.relname ?? '').toLowerCase()];
  if (!('JoinExpr' in node)) return [];
  return [node.JoinExpr.larg, node.JoinExpr.rarg].flatMap((side) => (side ? joinedTables(side) : []));
}

const TABLE_WORD = /\b(?:from|join|into|update|table|using)\s+(?:only\s+)?(?:["`[]?\w+["`\]]?\.)?["`[]?(\w+)["`\]]?/gi;

function namesOfWords(text: string): NamedBySql {
  const code = text.replace(/--[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^']|'')*'/g, ' ');
  const tables = [...new Set([...code.matchAll(TABLE_WORD)].map((match) => (match[1] ?? '').toLowerCase()))];
  const words = [...new Set([...code.matchAll(/\b[a-z_]\w*\b/gi)].map(([word]) => word.toLowerCase()))];
  const star = /\bselect\s+(?:distinct\s+)?(?:\w+\.)?\*/i.test(code);
  return { tables, columns: words.map((column) => ({ column, tables })), everyColumnOf: star ? tables : [], parsed: false };
}
