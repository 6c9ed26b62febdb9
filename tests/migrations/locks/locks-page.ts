export function locksPage(): string { return ''; }
