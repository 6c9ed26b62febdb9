import { sends } from './outbound.ts';
import type { Library, LibraryType } from './types.ts';

const publish = sends('queue');
const queue: LibraryType = { instance: 'queue', construct: { returns: 'queue' } };

/** Bull, BullMQ and Bee-Queue: jobs that are kept in Redis. https://docs.bullmq.io */
export const bull: Library = {
  id: 'bull',
  title: 'Bull',
  category: 'outbound',
  packages: ['bullmq', 'bull', 'bee-queue', '@nestjs/bull', '@nestjs/bullmq'],
  types: {
    module: { ...queue, call: { returns: 'queue' }, members: { Queue: queue, FlowProducer: queue, default: 'module' } },
    queue: { members: { add: publish, addBulk: publish, process: { call: { defers: true } }, on: { call: { defers: true } } } },
  },
};

/** KafkaJS. https://kafka.js.org/docs/producing */
export const kafkajs: Library = {
  id: 'kafkajs',
  title: 'KafkaJS',
  category: 'outbound',
  packages: ['kafkajs'],
  types: {
    module: { members: { Kafka: { instance: 'kafka', construct: { returns: 'kafka' } }, Producer: { instance: 'producer' } } },
    kafka: { members: { producer: { call: { returns: 'producer' } } } },
    producer: { members: { send: publish, sendBatch: publish } },
  },
};
