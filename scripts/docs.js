// Writes what the rules say about themselves into the README and the rule pages, between markers.
// With --check it writes nothing and fails when something would change. Build first.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rules } from '../dist/rules/index.js';
import { schemaText } from '../dist/src/settings/schema.js';

const CHAPTERS = {
  api: 'API design',
  layers: 'Layers',
  database: 'Database',
  migrations: 'Migrations',
  caching: 'Caching',
  errors: 'Errors',
  auth: 'Authentication and authorization',
  jobs: 'Jobs and events',
};
const PRESET_MARKS = { recommended: '✅', strict: '🔒', migrations: '🐘', 'migrations-strict': '🧹' };
const LARGER_PRESETS = { recommended: 'strict', migrations: 'migrations-strict' };

const isCheck = process.argv.includes('--check');
const outdated = [];

function beginOf(name) {
  return `<!-- begin generated ${name} -->`;
}

function endOf(name) {
  return `<!-- end generated ${name} -->`;
}

function between(text, name, content) {
  const begin = beginOf(name);
  const end = endOf(name);
  const block = `${begin}\n${content}\n${end}`;
  const start = text.indexOf(begin);
  const stop = text.indexOf(end);
  return start === -1 || stop === -1 ? undefined : text.slice(0, start) + block + text.slice(stop + end.length);
}

function headerOf(rule) {
  const lines = [`# ${rule.id}`, '', `${rule.docs.description}.`, ''];
  const { preset } = rule.docs;
  const larger = LARGER_PRESETS[preset];
  if (preset) lines.push(`${PRESET_MARKS[preset]} In the preset \`${preset}\`${larger ? `, and so in \`${larger}\`` : ''}.`);
  else lines.push('In no preset: turn it on by name.');
  if (rule.judges === 'migrations') lines.push('', 'Judges migrations, in `.sql` files and in those that are programs.');
  if (rule.hasSuggestions) lines.push('', '💡 Offers suggestions in the editor.');
  return lines.join('\n');
}

function optionsOf(rule) {
  const rows = Object.entries(rule.options ?? {}).map(([name, schema]) => {
    const type = schema.enum ? schema.enum.map((value) => `\`"${value}"\``).join(', ') : schema.type === 'array' ? 'list of strings' : schema.type;
    const byDefault = rule.defaultOptions?.[name];
    return `| \`${name}\` | ${type} | ${byDefault === undefined ? '' : `\`${JSON.stringify(byDefault)}\``} | ${schema.description} |`;
  });
  return ['| Option | Type | Default | What it does |', '|---|---|---|---|', ...rows].join('\n');
}

/** A page as its author wrote it gets markers: the title, and the first sentence where it repeats the description, give way to the header. */
function withMarkers(rule, page) {
  let text = page;
  if (!text.includes(beginOf('header'))) {
    const body = text.replace(/^# .*\n+/, '');
    const sentence = `${rule.docs.description}.`;
    const rest = body.startsWith(sentence) ? body.slice(sentence.length).trimStart() : body;
    text = `${beginOf('header')}\n${endOf('header')}\n\n${rest}`;
  }
  if (Object.keys(rule.options ?? {}).length === 0 || text.includes(beginOf('options'))) return text;
  const section = `## Options\n\n${beginOf('options')}\n${endOf('options')}\n`;
  const written = /^## Options\n[^]*?(?=^## |(?![^]))/m;
  return written.test(text) ? text.replace(written, `${section}\n`) : `${text.trimEnd()}\n\n${section}`;
}

function pageOf(rule, page) {
  const text = between(withMarkers(rule, page), 'header', headerOf(rule));
  return text && Object.keys(rule.options ?? {}).length > 0 ? between(text, 'options', optionsOf(rule)) : text;
}

function tableOf() {
  const parts = ['✅ in `recommended` and `strict` · 🔒 in `strict` · 🐘 in `migrations` and `migrations-strict` · 🧹 in `migrations-strict` · 💡 has suggestions'];
  for (const [chapter, title] of Object.entries(CHAPTERS)) {
    const ofChapter = rules.filter((rule) => rule.docs.chapter === chapter).sort((a, b) => (a.id < b.id ? -1 : 1));
    if (ofChapter.length === 0) continue;
    parts.push('', `### ${title}`, '', '| Rule | What it does | | |', '|---|---|---|---|');
    for (const rule of ofChapter) {
      const mark = PRESET_MARKS[rule.docs.preset] ?? '';
      parts.push(`| [${rule.id}](docs/rules/${rule.id}.md) | ${rule.docs.description} | ${mark} | ${rule.hasSuggestions ? '💡' : ''} |`);
    }
  }
  return parts.join('\n');
}

function update(path, text) {
  if (existsSync(path) && readFileSync(path, 'utf8') === text) return;
  outdated.push(path);
  if (!isCheck) writeFileSync(path, text);
}

if (rules.length === 0) throw new Error('There are no rules: the build is not complete.');
for (const rule of rules) {
  const path = `docs/rules/${rule.id}.md`;
  if (existsSync(path)) update(path, pageOf(rule, readFileSync(path, 'utf8')));
  else {
    console.error(`${path} is missing. Write the page of ${rule.id}: why, examples, when not to use it.`);
    process.exitCode = 1;
  }
}
const readme = between(readFileSync('README.md', 'utf8'), 'rules', tableOf());
if (!readme) throw new Error('README.md has lost the markers of its rules table.');
update('README.md', readme);
update('schema.json', schemaText());

if (isCheck && outdated.length > 0) {
  console.error(`Out of date: ${outdated.join(', ')}. Run npm run docs.`);
  process.exitCode = 1;
} else console.log(isCheck ? `${rules.length} rules: pages and table are up to date.` : `${outdated.length} files written.`);
