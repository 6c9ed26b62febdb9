import { envelopeNotes } from '../project/envelope.ts';
import type { Project } from '../project/project.ts';
import { rpcNotes } from '../project/rpc-paths.ts';
import { styleNotes } from '../project/style.ts';

/** One line for each thing that was detected and decides what some rule reports, or that it reports nothing. */
export function detectionNotes(project: Project): readonly string[] {
  return [...styleNotes(project), ...envelopeNotes(project), ...rpcNotes(project)];
}
