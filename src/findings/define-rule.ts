import type { SourceFile } from '../project/types.ts';
import type { Project } from '../project/project.ts';
import type { PresetName, Settings } from '../settings/settings.ts';
import type { Report } from './types.ts';

export type Chapter = 'api' | 'layers' | 'database' | 'migrations' | 'caching' | 'errors' | 'auth' | 'jobs';

/** JSON schema of one option; a rule takes one flat object of these. */
export interface OptionSchema {
  readonly type: 'boolean' | 'string' | 'integer' | 'array' | 'object';
  readonly description: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly type: 'string' };
  readonly minimum?: number;
}

export interface RuleContext<Options> {
  readonly file: SourceFile;
  readonly project: Project;
  readonly settings: Settings;
  readonly options: Options;
  report(report: Report): void;
}

export interface Rule<Options extends object = object> {
  readonly id: string;
  readonly docs: {
    readonly chapter: Chapter;
    /** One sentence, imperative, without a full stop: `Disallow a database query per element of a loop`. */
    readonly description: string;
    /** The smallest preset that has the rule; absent: in none. */
    readonly preset?: PresetName;
  };
  readonly messages: Readonly<Record<string, string>>;
  /** Schema of each option; a test holds their names to those of `defaultOptions`. */
  readonly options?: Readonly<Record<string, OptionSchema>>;
  readonly defaultOptions?: Options;
  readonly hasSuggestions?: boolean;
  /** What the rule judges; `source` files alone unless it says otherwise. */
  readonly judges?: 'source' | 'migrations';
  /** A rule for source files that judges the schema files of ORMs as well: `schema.prisma`. */
  readonly judgesSchemas?: true;
  check(context: RuleContext<Options>): void;
}

/** Gives a rule its types; what it returns is plain data that the adapters read. */
export function defineRule<Options extends object = Record<never, never>>(rule: Rule<Options>): Rule<Options> {
  return rule;
}
