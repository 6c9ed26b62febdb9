import { builder, record, type Value } from './values.ts';
import type { BuilderTable } from './renderers.ts';

const NAMESPACE: Value = { kind: 'member', root: 'typeorm', steps: [] };

/** TypeORM: `up(queryRunner)` of a class. */
export const typeorm: BuilderTable = {
  tools: ['typeorm'],
  parameters: () => [builder('queryRunner', record())],
  modules: { typeorm: NAMESPACE },
  methods: {
    queryRunner: {
      query: (call) => {
        call.emitText(call.args[0]);
        return undefined;
      },
    },
  },
};
