import { lowerFile } from '../../src/facts/lower.ts';
import type { FileFacts, FunctionFact, PropertyFact, RegionFact, SourceLanguage, TypeId, TypeMember, ValueId } from '../../src/facts/types.ts';

/** Facts of a text that parses. */
export function factsOf(text: string, language: SourceLanguage = 'ts'): FileFacts {
  const facts = lowerFile(text, language);
  if (!facts.parsed) throw new Error(`${text}\n${facts.errors.map(error => error.message).join('\n')}`);
  return facts;
}

/** An expression in the words of the intermediate representation, on one line. */
export function showValue(facts: FileFacts, id: ValueId): string {
  const show = (value: ValueId): string => showValue(facts, value);
  const list = (values: readonly ValueId[]): string => values.map(show).join(', ');
  const fact = facts.values[id]!;
  switch (fact.kind) {
    case 'literal':
      return JSON.stringify(fact.value);
    case 'pattern':
      return fact.text;
    case 'template':
      return `template(${JSON.stringify(fact.quasis)}, ${list(fact.parts)})`;
    case 'name':
      return `$${facts.bindings[fact.binding]!.name}`;
    case 'global':
      return fact.name;
    case 'this': {
      const owner = fact.class === undefined ? '' : `:${facts.classes[fact.class]!.name}`;
      const bound = fact.function === undefined ? '' : `:${facts.functions[fact.function]!.name}()`;
      return `this${fact.static ? ' static' : ''}${owner}${bound}`;
    }
    case 'super':
      return 'super';
    case 'member':
      return `${show(fact.object)}${fact.optional ? '?.' : '.'}${fact.property}`;
    case 'index':
      return `${show(fact.object)}[${show(fact.index)}]`;
    case 'call':
    case 'new':
      return `${fact.kind === 'new' ? 'new ' : ''}${show(fact.callee)}${fact.optional ? '?.' : ''}(${list(fact.args)})`;
    case 'tagged':
      return `${show(fact.tag)}\`${fact.quasis.join('…')}\`(${list(fact.parts)})`;
    case 'function':
      return `function ${facts.functions[fact.function]!.name ?? ''}`.trim();
    case 'class':
      return `class ${facts.classes[fact.class]!.name ?? ''}`.trim();
    case 'object':
      return `{${fact.properties.map(property => showProperty(facts, property)).join(', ')}}`;
    case 'array':
      return `[${list(fact.items)}]`;
    case 'yield':
      return `yield${fact.delegate ? '*' : ''} ${fact.value === undefined ? '' : show(fact.value)}`.trim();
    case 'spread':
      return `...${show(fact.value)}`;
    case 'conditional':
      return `(${show(fact.test)} ? ${show(fact.then)} : ${show(fact.else)})`;
    case 'logical':
    case 'binary':
      return `(${show(fact.left)} ${fact.operator} ${show(fact.right)})`;
    case 'unary':
      return `${fact.operator} ${show(fact.value)}`;
    case 'assign':
      return `(${show(fact.target)} ${fact.operator} ${show(fact.value)})`;
    case 'sequence':
      return `(${list(fact.items)})`;
    case 'cast':
      return `(${show(fact.value)} as ${showType(facts, fact.type)})`;
    case 'param':
      return `param${fact.rest ? '...' : ''}#${fact.index}`;
    case 'await':
      return `await ${show(fact.value)}`;
    case 'element':
    case 'key':
      return `${fact.kind}(${show(fact.of)})`;
    case 'item':
      return `item${fact.index}(${show(fact.of)})`;
    case 'rest':
      return `rest(${[show(fact.of), ...fact.omitted].join(' -')})`;
    case 'required':
      return `required(${facts.imports[fact.import]!.source})`;
    default:
      return fact.kind;
  }
}

function showProperty(facts: FileFacts, { key, computed, spread, accessor, value }: PropertyFact): string {
  const name = spread ? '...' : `${key ?? `[${showValue(facts, computed!)}]`}: `;
  return `${accessor ? `${accessor} ` : ''}${name}${showValue(facts, value)}`;
}

function showMember(facts: FileFacts, { name, type, optional, method }: TypeMember): string {
  return `${method ? 'method ' : ''}${name}${optional ? '?' : ''}: ${type === undefined ? '' : showType(facts, type)}`;
}

export function showType(facts: FileFacts, id: TypeId): string {
  const show = (type: TypeId): string => showType(facts, type);
  const fact = facts.types[id]!;
  switch (fact.kind) {
    case 'ref': {
      const head = fact.binding === undefined ? fact.global! : `$${facts.bindings[fact.binding]!.name}`;
      return [head, ...fact.path].join('.') + (fact.args.length > 0 ? `<${fact.args.map(show).join(', ')}>` : '');
    }
    case 'typeof':
      return `typeof ${showValue(facts, fact.value)}`;
    case 'import':
      return `${fact.typeof ? 'typeof ' : ''}import(${fact.source})${fact.path.map(name => `.${name}`).join('')}`;
    case 'array':
      return `${show(fact.of)}[]`;
    case 'tuple':
      return `[${fact.of.map(show).join(', ')}]`;
    case 'union':
      return fact.of.map(show).join(' | ');
    case 'intersection':
      return fact.of.map(show).join(' & ');
    case 'object':
      return `{${fact.members.map(member => showMember(facts, member)).join('; ')}}`;
    case 'function':
      return `(${fact.params.map(type => (type === null ? '?' : show(type))).join(', ')}) => ${fact.returns === undefined ? '?' : show(fact.returns)}`;
    case 'indexed':
      return `${show(fact.object)}[${show(fact.index)}]`;
    case 'literal':
      return JSON.stringify(fact.value);
    default:
      return fact.name;
  }
}

/** What each name stands for: `name = value: type (written value)`. */
export function showBindings(facts: FileFacts): string[] {
  return facts.bindings.map(({ kind, name, value, type, writes }) => {
    const is = value === undefined ? '' : ` = ${showValue(facts, value)}`;
    const typed = type === undefined ? '' : `: ${showType(facts, type)}`;
    const written = (writes ?? []).map(write => ` <- ${showValue(facts, write)}`).join('');
    return `${kind} ${name}${typed}${is}${written}`;
  });
}

/** The regions as an indented tree with what happens in them. */
export function showRegions(facts: FileFacts): string[] {
  const lines: string[] = [];
  const show = (id: number, indent: string): void => {
    lines.push(`${indent}${showRegion(facts, facts.regions[id]!)}`);
    for (const call of facts.calls) {
      const fact = facts.values[call]!;
      if ('region' in fact && fact.region === id) lines.push(`${indent}  ${showValue(facts, call)}`);
    }
    facts.regions.forEach((region, child) => {
      if (region.parent === id) show(child, `${indent}  `);
    });
  };
  show(0, '');
  return lines;
}

function showRegion(facts: FileFacts, region: RegionFact): string {
  const exit = region.exit ? ` -> ${region.exit}` : '';
  const show = (id: ValueId | undefined): string => (id === undefined ? '' : ` ${showValue(facts, id)}`);
  switch (region.kind) {
    case 'body':
      return `body ${facts.functions[region.function]!.name ?? ''}${exit}`;
    case 'branch':
      return `${region.nullish ? 'when nullish' : region.when ? 'when' : 'unless'}${show(region.test)}${exit}`;
    case 'loop': {
      const names = region.bindings.map(binding => ` ${facts.bindings[binding]!.name}`).join('');
      return `${region.loop}${names} of${show(region.iterates)} while${show(region.test)} then${show(region.update)}${exit}`;
    }
    case 'case':
      return `case${show(region.of)} is${show(region.label) || ' default'}${exit}`;
    case 'try':
      return `try${region.catches ? ' catches' : ''}${region.finally ? ' finally' : ''}${exit}`;
    case 'catch':
      return `catch${region.binding === undefined ? '' : ` ${facts.bindings[region.binding]!.name}`}${exit}`;
    default:
      return `${region.kind}${exit}`;
  }
}

export function showFunction(facts: FileFacts, fact: FunctionFact): string {
  const marks = [fact.static && 'static ', fact.async && 'async ', fact.generator && '* ', fact.body === undefined && 'bodiless '].filter(Boolean).join('');
  const params = fact.params.map(param => {
    const decorators = (param.decorators ?? []).map(decorator => `@${showValue(facts, decorator)} `).join('');
    const type = param.type === undefined ? '' : `: ${showType(facts, param.type)}`;
    const initial = param.default === undefined ? '' : ` = ${showValue(facts, param.default)}`;
    return `${decorators}${param.property ? 'property ' : ''}${param.rest ? '...' : ''}${param.name ?? '{}'}${param.optional ? '?' : ''}${type}${initial}`;
  });
  return `${marks}${fact.kind} ${fact.name ?? ''}(${params.join(', ')})${fact.returnType === undefined ? '' : `: ${showType(facts, fact.returnType)}`}`;
}
