import type { ExportName } from '../settings/settings.ts';
import { calleesOf } from './calls.ts';
import { declaredFile } from './declared-clients.ts';
import type { Origin, Site } from './origins.ts';
import type { Project } from './project.ts';

/** What the settings say of a call: it makes or sends a success or an error in the project's own envelope. */
export function declaredResponse(project: Project, site: Site): 'success' | 'error' | undefined {
  const { responseHelpers } = project.settingsOf(site.file.package);
  if (!responseHelpers || responseHelpers.length === 0) return undefined;
  const callees = calleesOf(project.linker, site.file, site.value);
  return responseHelpers.find((helper) => callees.some((callee) => isExport(project, callee, helper)))?.kind;
}

/** Whether a callee is what settings name by module and export. */
export function isExport(project: Project, callee: Origin, { module, name }: ExportName): boolean {
  if (callee.kind === 'external') return callee.module === module && callee.step?.kind === 'get' && callee.step.name === name;
  if (callee.kind !== 'function') return false;
  return callee.file.facts.functions[callee.function]?.name === name && declaredFile(project.linker, module) === callee.file;
}
