import { isBuiltin } from 'node:module';

/** Files that bundlers and run times load but that hold no code of a backend. */
const ASSET_EXTENSION = new RegExp(
  '\\.(?:css|scss|sass|less|styl|pcss|svg|png|jpe?g|gif|webp|avif|ico|bmp|json[c5]?|html?|txt|mdx?|csv|ya?ml|toml|xml|pdf|woff2?|ttf|otf|eot' +
    '|mp[34]|webm|wav|ogg|wasm|node|sql|prisma|graphql|gql|proto|vue|svelte|astro|ejs|hbs|handlebars|mjml|pug|liquid|glsl|map|lock|pem|crt|key)$',
  'i',
);
const GENERATED_SEGMENT = new RegExp(
  '^(?:_{0,2}generated_{0,2}|\\.[\\w-]*generated|\\.prisma|\\.next|\\.nuxt|\\.astro|\\.svelte-kit|\\.react-router|\\.contentlayer|\\.velite' +
    '|\\.source|\\.wrangler|\\.sst|styled-system|\\+types)$',
);
const GENERATED_NAME = /\.(?:generated|gen)(?:\.[cm]?[jt]sx?)?$/;

/** True for styles, pictures, data and templates, and for anything with a loader query such as `?raw`. */
export function isAssetSpecifier(specifier: string): boolean {
  const query = specifier.indexOf('?');
  if (query > 0) return true;
  return ASSET_EXTENSION.test(specifier);
}

/** True when the text says that a tool writes the module (`./generated/prisma/client`, `.next/types`), so that it may be missing from the sources. */
export function isGeneratedSpecifier(specifier: string): boolean {
  return GENERATED_NAME.test(specifier) || specifier.split('/').some((segment) => GENERATED_SEGMENT.test(segment));
}

/** `./a`, `../a`, `.` and `..`. */
export function isRelative(specifier: string): boolean {
  return /^\.\.?(?:\/|$)/.test(specifier);
}

/** Modules of the run time or the network: `fs`, `node:fs`, `bun:test`, `https://…`, `virtual:pwa`. */
export function isBuiltinSpecifier(specifier: string): boolean {
  return isBuiltin(specifier) || /^[a-z][a-z\d+.-]*:/i.test(specifier);
}

/** `@acme/db/client` → `@acme/db` and `./client`; `db` → `db` and `.`. */
export function splitPackageSpecifier(specifier: string): { readonly name: string; readonly subpath: string } {
  const parts = specifier.split('/');
  const length = specifier.startsWith('@') ? 2 : 1;
  const rest = parts.slice(length).join('/');
  return { name: parts.slice(0, length).join('/'), subpath: rest === '' ? '.' : `./${rest}` };
}
