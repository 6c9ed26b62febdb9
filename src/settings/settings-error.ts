/** The settings are wrong: the run cannot go on (exit code 2). The message says where and what to do. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';
}
