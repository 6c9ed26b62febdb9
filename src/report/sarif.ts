import type { SilencedFinding } from '../findings/check.ts';
import { RULE_PREFIX } from '../findings/directives.ts';
import { fingerprintIn } from '../findings/fingerprint.ts';
import type { Edit, Finding } from '../findings/types.ts';
import type { PlaceRow, RunReport } from './run-report.ts';

/** What SARIF viewers show of a rule. */
export interface RuleHelp {
  readonly id: string;
  /** One sentence without a full stop. */
  readonly description: string;
  /** The page of the rule, in Markdown. */
  readonly page?: string;
  readonly url: string;
}

const SCHEMA = 'https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json';
const HOME = 'https://www.npmjs.com/package/eslint-plugin-backend-patterns';

/** Paths are relative to the root of the source tree; viewers and GitHub know where that is. */
const URI_BASE = '%SRCROOT%';

/** The run as SARIF 2.1.0: results, suppressed ones included, and as notifications what was not analysed. */
export function sarif(run: RunReport, help: readonly RuleHelp[]): string {
  const { findings, silenced, rules } = run.result;
  const hidden = silenced.filter(({ by }) => by !== 'confidence');
  const used = new Set([...rules, ...findings.map(({ rule }) => rule), ...hidden.map(({ finding }) => finding.rule)]);
  const described = help.filter(({ id }) => used.has(id));
  const indexOf = new Map(described.map(({ id }, index) => [id, index]));
  const log = {
    $schema: SCHEMA,
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'backend-patterns', semanticVersion: run.tool.version, informationUri: HOME, rules: described.map(reportingDescriptor) } },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [URI_BASE]: { description: { text: 'The root of the project.' } } },
        invocations: [{ executionSuccessful: run.exitCode < 2, exitCode: run.exitCode, toolExecutionNotifications: notifications(run) }],
        results: [...findings.map((finding) => result(finding, indexOf)), ...hidden.map((entry) => suppressed(entry, indexOf))],
      },
    ],
  };
  return `${JSON.stringify(log, undefined, 2)}\n`;
}

function reportingDescriptor({ id, description, page, url }: RuleHelp): object {
  return {
    id: RULE_PREFIX + id,
    shortDescription: { text: `${description}.` },
    fullDescription: { text: `${description}.` },
    helpUri: url,
    help: { text: page ?? `${description}. See ${url}`, ...(page === undefined ? {} : { markdown: page }) },
    defaultConfiguration: { level: 'error' },
  };
}

function result(finding: Finding, indexOf: ReadonlyMap<string, number>): object {
  const { rule, path, message, plan, trail, suggestions } = finding;
  const places = [...(trail.length > 1 ? trail : []), ...(finding.related ?? [])];
  return {
    ruleId: RULE_PREFIX + rule,
    ...(indexOf.has(rule) ? { ruleIndex: indexOf.get(rule) } : {}),
    level: finding.confidence === 'low' ? 'warning' : 'error',
    message: { text: plan === undefined ? message : `${message}\n\n${plan}` },
    locations: [{ physicalLocation: physicalLocation(path, finding) }],
    partialFingerprints: { 'backendPatterns/v1': fingerprintIn(path, finding.fingerprint) },
    ...(places.length > 0
      ? {
          relatedLocations: places.map(({ path: to, line, column, label }, id) => ({
            id,
            message: { text: label },
            physicalLocation: { artifactLocation: artifact(to), region: { startLine: line, startColumn: column } },
          })),
        }
      : {}),
    ...(suggestions.length > 0 ? { fixes: suggestions.map(({ message: text, edits }) => fix(path, text, edits)) } : {}),
  };
}

function suppressed({ finding, by, reason }: SilencedFinding, indexOf: ReadonlyMap<string, number>): object {
  return { ...result(finding, indexOf), suppressions: [{ kind: by === 'directive' ? 'inSource' : 'external', justification: reason }] };
}

function fix(path: string, text: string, edits: readonly Edit[]): object {
  const replacements = edits.map((edit) => ({
    deletedRegion: { charOffset: edit.start, charLength: edit.end - edit.start },
    insertedContent: { text: edit.text },
  }));
  return { description: { text }, artifactChanges: [{ artifactLocation: artifact(path), replacements }] };
}

function physicalLocation(path: string, { line, column, endLine, endColumn }: PlaceRow): object {
  return { artifactLocation: artifact(path), region: { startLine: line, startColumn: column, endLine, endColumn } };
}

function artifact(path: string): object {
  return { uri: path.split('/').map(encodeURIComponent).join('/'), uriBaseId: URI_BASE };
}

function notifications(run: RunReport): object[] {
  const about = (level: string, text: string, path?: string, place: Partial<PlaceRow> = {}): object => {
    const { line, column, endLine, endColumn } = place;
    const end = endLine === undefined ? {} : { endLine, endColumn };
    const region = line === undefined ? {} : { region: { startLine: line, ...(column === undefined ? {} : { startColumn: column }), ...end } };
    const locations = path === undefined ? {} : { locations: [{ physicalLocation: { artifactLocation: artifact(path), ...region } }] };
    return { level, message: { text }, ...locations };
  };
  const notAnalysed = (run.migrations?.files ?? []).flatMap((file) => file.notAnalysed.map((part) => ({ path: file.path, part })));
  return [
    ...run.notChecked.map((reason) => about('error', reason)),
    ...run.result.ruleErrors.map(({ rule, path, message }) => about('error', `Rule "${rule}" failed: ${message}`, path)),
    ...run.coverage.damaged.map(({ path, line, message }) => about('warning', `Syntax error: ${message}`, path, { line })),
    ...run.coverage.skipped.map(({ path, reason }) => about('note', `Not read: ${reason}.`, path)),
    ...notAnalysed.map(({ path, part }) => about('warning', `Not analysed: ${part.reason}`, path, part)),
    ...run.notes.map((note) => about('note', note)),
  ];
}
