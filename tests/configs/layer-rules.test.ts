import { describe, expect, it } from 'vitest';
import { layerRules } from '../../configs/layer-rules.ts';

const EXPLAIN = (from: string, to: string): string => `${from} must leave ${to} alone`;

describe('layerRules', () => {
  it('forbids what is not allowed, and says why', () => {
    const rules = layerRules(
      {
        files: new Map([
          ['src/users/users.handler.ts', 'handler'],
          ['src/users/users.service.ts', 'service'],
          ['src/services/mail/send.ts', 'service'],
          ['src/services/index.ts', 'service'],
          ['src/users/types.ts', undefined],
        ]),
        allowed: new Map([
          ['handler', ['service']],
          ['service', []],
        ]),
      },
      EXPLAIN,
    );
    expect(rules).toEqual([
      {
        name: 'service-not-to-handler',
        severity: 'error',
        comment: 'service must leave handler alone',
        from: { path: ['^src/services/', '^src/users/(?:users\\.service\\.ts)$'] },
        to: { path: ['^src/users/(?:users\\.handler\\.ts)$'] },
      },
    ]);
  });

  it.each([
    ['a folder that also holds a file without a layer is not taken whole', [['a/x.ts', 'service'], ['a/y.ts', undefined]], ['^a/(?:x\\.ts)$']],
    ['nor one whose inner folder holds such a file', [['a/x.ts', 'service'], ['a/b/y.ts', undefined]], ['^a/(?:x\\.ts)$']],
    ['an inner folder of one layer is', [['a/x.ts', undefined], ['a/b/y.ts', 'service'], ['a/b/c/z.ts', 'service']], ['^a/b/']],
    ['the root never is', [['x.ts', 'service'], ['y.ts', 'service']], ['^(?:x\\.ts|y\\.ts)$']],
    ['names of Next routes are escaped', [['app/[id]/(shop)/route.ts', 'service'], ['app/layout.ts', undefined]], ['^app/\\[id\\]/']],
  ] as const)('%s', (_name, files, expected) => {
    const model = { files: new Map<string, string | undefined>([...files, ['other/handler.ts', 'handler']]), allowed: new Map([['service', []]]) };
    expect(layerRules(model, EXPLAIN)[0]?.from.path).toEqual(expected);
  });

  it('has no rule for a layer that may import everything', () => {
    expect(layerRules({ files: new Map([['a/x.ts', 'job'], ['b/y.ts', 'handler']]), allowed: new Map() }, EXPLAIN)).toEqual([]);
  });
});
