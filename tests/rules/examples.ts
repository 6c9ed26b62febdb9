/** One fenced block of a rule page, with the marker before it. */
export interface ExampleBlock {
  readonly verdict: 'correct' | 'incorrect';
  readonly path: string;
  readonly text: string;
}

/** The blocks of one verdict under one `###` heading: the files of one small project. */
export interface Example {
  readonly title: string;
  readonly verdict: 'correct' | 'incorrect';
  readonly files: Readonly<Record<string, string>>;
}

const MARKER = /^<!-- (correct|incorrect) -->$/;
const FENCE = /^```(\w+)(?:\s+filename="([^"]+)")?\s*$/;

/**
 * The examples of a rule page. A marker counts for all blocks up to the next marker or heading.
 * A block without a file name is `src/example.ts` (or its language's extension).
 * @throws Error for a marker that no block follows.
 */
export function examplesOf(page: string): Example[] {
  const groups = new Map<string, { title: string; verdict: ExampleBlock['verdict']; files: Record<string, string> }>();
  let heading = '';
  let verdict: ExampleBlock['verdict'] | undefined;
  let block: { path: string; lines: string[] } | undefined;
  for (const line of page.split('\n')) {
    if (block) {
      if (line.trimEnd() !== '```') {
        block.lines.push(line);
        continue;
      }
      if (verdict) addTo(groups, heading, verdict, block.path, `${block.lines.join('\n')}\n`);
      block = undefined;
      continue;
    }
    const marker = MARKER.exec(line.trim());
    if (marker) verdict = marker[1] as ExampleBlock['verdict'];
    if (/^#{1,3} /.test(line)) {
      heading = line.replace(/^#+ /, '');
      verdict = undefined;
    }
    const fence = FENCE.exec(line);
    if (fence) block = { path: fence[2] ?? `src/example.${fence[1] ?? 'ts'}`, lines: [] };
  }
  const markers = page.split('\n').filter((line) => MARKER.test(line.trim())).length;
  if (markers < groups.size || (markers > 0 && groups.size === 0)) throw new Error('A marker is not followed by a block.');
  return [...groups.values()];
}

function addTo(groups: Map<string, { title: string; verdict: ExampleBlock['verdict']; files: Record<string, string> }>, title: string, verdict: ExampleBlock['verdict'], path: string, text: string): void {
  const key = `${title}\0${verdict}`;
  const group = groups.get(key) ?? { title, verdict, files: {} };
  if (group.files[path] !== undefined) throw new Error(`${path} stands twice under "${title}" (${verdict}). Give each example a heading of its own.`);
  group.files[path] = text;
  groups.set(key, group);
}
