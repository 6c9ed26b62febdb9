import pluralize from 'pluralize';

/** Nouns that name many things, or a mass of one, without an -s that could be added. */
const UNCOUNTABLE = new Set([
  'access', 'advice', 'analytics', 'audio', 'auth', 'billing', 'business', 'cache', 'chat', 'children', 'cms', 'compliance', 'config', 'configuration', 'content', 'criteria', 'data', 'dns',
  'equipment', 'evidence', 'feedback', 'firmware', 'gear', 'geo', 'hardware', 'history', 'homework', 'i18n', 'info', 'information', 'insight', 'inventory', 'knowledge', 'logistics', 'mail', 'maintenance',
  'media', 'merchandise', 'metadata', 'money', 'music', 'news', 'output', 'people', 'press', 'progress', 'research', 'rss', 'schema', 'series', 'software', 'species', 'sms', 'staff', 'stock',
  'storage', 'stuff', 'support', 'telemetry', 'traffic', 'usage', 'weather', 'wellness',
]);

/** Words that name no collection: what is done, where and for whom it is done, and the one thing that everybody has one of. */
const NO_COLLECTION = new Set([
  'activate', 'active', 'admin', 'all', 'analyze', 'api', 'archive', 'authenticate', 'authenticated', 'authorize', 'autocomplete', 'available', 'ban', 'basket', 'batch', 'beta', 'bulk', 'by', 'calendar',
  'callback', 'cart', 'cdn', 'check', 'checkout', 'cloud', 'confirm', 'console', 'count', 'cron', 'current', 'dashboard', 'debug', 'default', 'demo', 'deploy', 'detail', 'dev', 'download', 'edge', 'execute',
  'explore', 'export', 'external', 'favorite', 'feed', 'filter', 'find', 'follow', 'gateway', 'generate', 'global', 'graphql', 'health', 'help', 'home', 'id', 'import', 'inbox', 'internal', 'latest', 'library',
  'like', 'list', 'live', 'local', 'login', 'logout', 'lookup', 'mcp', 'me', 'mine', 'mobile', 'my', 'new', 'oauth', 'open', 'own', 'password', 'pay', 'ping', 'portal', 'portfolio', 'premium', 'preview', 'private',
  'profile', 'proxy', 'public', 'publish', 'query', 'random', 'recent', 'refresh', 'register', 'render', 'resolve', 'rest', 'resume', 'rpc', 'run', 'sandbox', 'scan', 'search', 'secure', 'self', 'send', 'setup',
  'share', 'shared', 'sign', 'signin', 'signout', 'signup', 'static', 'stream', 'subscribe', 'summary', 'sync', 'system', 'test', 'today', 'top', 'track', 'trash', 'trigger', 'trpc', 'unsubscribe', 'upload',
  'validate', 'verify', 'version', 'view', 'watchlist', 'web', 'whoami', 'wishlist',
]);

/** Whether a word may be the name of a collection at all. */
export function mayNameCollection(word: string): boolean {
  return !NO_COLLECTION.has(word);
}

/** Whether a word is a noun in the singular. Words on -ss and -us fool the library in both directions and are left alone. */
export function isSingularNoun(word: string): boolean {
  if (word.length < 3 || UNCOUNTABLE.has(word) || /(?:ss|us|is|ics|ing|ed|ware|data|info)$/.test(word) || /^v?\d/.test(word)) return false;
  // `http`, `tcp`, `dns`: abbreviations say nothing.
  if (!/[aeiouy]/.test(word)) return false;
  return pluralize.isSingular(word) && !pluralize.isPlural(word) && pluralize.plural(word) !== word;
}

export function isPluralNoun(word: string): boolean {
  return UNCOUNTABLE.has(word) || (pluralize.isPlural(word) && !pluralize.isSingular(word));
}

export function pluralOf(word: string): string {
  return UNCOUNTABLE.has(word) ? word : pluralize.plural(word);
}

/** The plural of a segment, in its own way of writing: `status_report` gives `status_reports`, `OrderLine` gives `OrderLines`. */
export function pluralSegment(segment: string): string {
  const last = /[A-Z]?[a-z]+$/.exec(segment)?.[0] ?? '';
  if (last === '') return segment;
  const plural = pluralOf(last.toLowerCase());
  return segment.slice(0, segment.length - last.length) + (/^[A-Z]/.test(last) ? plural.charAt(0).toUpperCase() + plural.slice(1) : plural);
}
