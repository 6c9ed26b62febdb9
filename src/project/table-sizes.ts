/** Words of tables that people fill in once. */
const SMALL = /(?:^|_)(?:roles?|permissions?|settings?|config(?:uration)?s?|preferences?|plans?|tiers?|countr(?:y|ies)|currenc(?:y|ies)|languages?|locales?|time_?zones?|features?|flags?|types?|status(?:es)?|categor(?:y|ies)|regions?|providers?|templates?|migrations?|platforms?)$/;
/** Words of tables that get rows with use, whoever they belong to. */
const GROWING =
  /(?:^|_)(?:logs?|events?|messages?|audits?|activit(?:y|ies)|histor(?:y|ies)|comments?|posts?|orders?|transactions?|payments?|invoices?|visits?|clicks?|views?|requests?|runs?|sessions?|records?|metrics?|links?|documents?|deliver(?:y|ies)|attempts?|executions?|deployments?|responses?|checks?)$/;

function words(name: string): string {
  return name.replace(/([a-z\d])([A-Z])/g, '$1_$2').replaceAll(/[\s.-]/g, '_').toLowerCase();
}

/** Whether a table holds few rows, as its name says: roles, plans, settings. */
export function isSmallByName(name: string): boolean {
  return SMALL.test(words(name));
}

/** Whether a table gets rows with use, as its name says: messages, events, orders. */
export function growsByName(name: string): boolean {
  return GROWING.test(words(name));
}
