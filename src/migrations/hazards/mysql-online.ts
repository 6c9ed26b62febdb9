import type { Hazard } from '../hazards.ts';
import type { OnlineClauses, Statement } from '../statements.ts';
import type { JudgedClause, MysqlContext } from './mysql.ts';

const GHOST = 'let gh-ost or pt-online-schema-change copy the table in the background';
/** The form that the server refuses instead of blocking. */
const FORMS: Readonly<Record<'copy' | 'blocking', string>> = {
  copy: `There is no online form: on a large table ${GHOST}, or add a column beside it, write both, fill it in batches and drop the old one later`,
  blocking: `There is no form that lets others write: on a large table ${GHOST}, or run it when nobody writes`,
};

/** Clauses that keep others from writing, unless the statement itself demands otherwise; then whether the server can obey. */
export function judgeOnlineWork(statement: Statement, clauses: readonly JudgedClause[], online: OnlineClauses, context: MysqlContext): Hazard[] {
  const [first] = clauses;
  if (!first || context.isFresh(first.table)) return [];
  const refusals = refusedClauses(statement, clauses, online, context);
  if (refusals.length > 0) return refusals;
  if (online.algorithm === 'copy' || online.lock === 'shared' || online.lock === 'exclusive') return [demanded(statement, first.table, online)];
  if (demandsOnline(online)) return [];
  return clauses.flatMap((clause): Hazard[] => {
    if (clause.work !== 'copy' && clause.work !== 'blocking') return [];
    const { start, end, table, what, crosses } = clause;
    const data = { table, what, remedy: `${FORMS[clause.work]}. \`ALGORITHM=INPLACE, LOCK=NONE\` at the end makes the server refuse instead of blocking.` };
    if (crosses) {
      const bytes = { from: String(crosses.from), to: String(crosses.to), charset: crosses.charset };
      return [{ kind: 'varcharCrossesByte', start, end, data: { ...data, ...bytes } }];
    }
    return [{ kind: clause.work === 'copy' ? 'copiesTable' : 'blocksWrites', start, end, data }];
  });
}

function demandsOnline({ algorithm, lock }: OnlineClauses): boolean {
  return algorithm === 'instant' || lock === 'none';
}

function demanded({ start, end }: Statement, table: string, { algorithm, lock = '' }: OnlineClauses): Hazard {
  const what = algorithm === 'copy' ? '`ALGORITHM=COPY`' : `\`LOCK=${lock.toUpperCase()}\``;
  const remedy = 'Leave the clause out, or write `ALGORITHM=INPLACE, LOCK=NONE` or `ALGORITHM=INSTANT`, which the server refuses where it cannot obey.';
  return { kind: algorithm === 'copy' ? 'copiesTable' : 'blocksWrites', start, end, data: { table, what, remedy } };
}

/** Demands that the server answers with an error (1221, 1845, 1846). */
function refusedClauses({ start, end }: Statement, clauses: readonly JudgedClause[], online: OnlineClauses, { flavour }: MysqlContext): Hazard[] {
  const { algorithm, lock } = online;
  const written = [...(algorithm ? [`ALGORITHM=${algorithm.toUpperCase()}`] : []), ...(lock ? [`LOCK=${lock.toUpperCase()}`] : [])].join(', ');
  if (algorithm === 'instant' && lock !== undefined && lock !== 'default' && !flavour.isMariadb) {
    const remedy = 'Leave `LOCK` out: an instant change locks nothing for long.';
    return [{ kind: 'algorithmRefused', start, end, data: { demand: written, what: 'MySQL takes no `LOCK` with `ALGORITHM=INSTANT`', error: '1221', remedy } }];
  }
  if (algorithm === 'copy' && lock === 'none') {
    const remedy = 'A copy needs `LOCK=SHARED`, which blocks writes. Write `ALGORITHM=INPLACE, LOCK=NONE` where the server can do it.';
    return [{ kind: 'algorithmRefused', start, end, data: { demand: written, what: 'a copy cannot let others write', error: '1846', remedy } }];
  }
  const cannot = clauses.filter(({ work }) => {
    if (algorithm === 'instant' || algorithm === 'nocopy') return work === 'copy' || work === 'blocking' || (algorithm === 'instant' && work === 'inplace');
    if (work === 'blocking') return lock === 'none';
    return work === 'copy' && (algorithm === 'inplace' || lock === 'none');
  });
  const [clause] = cannot;
  if (!clause) return [];
  const need = clause.work === 'copy' ? 'a copy of the table' : 'a lock against writes';
  const what = clause.what === '' ? 'this clause cannot be done instantly' : `${clause.what} needs ${need}`;
  const instead = clause.work === 'inplace' ? 'Write `ALGORITHM=INPLACE, LOCK=NONE`' : FORMS[clause.work === 'copy' ? 'copy' : 'blocking'];
  return [{ kind: 'algorithmRefused', start: clause.start, end: clause.end, data: { demand: written, what, error: '1845 or 1846', remedy: `${instead}.` } }];
}
