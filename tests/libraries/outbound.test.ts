import { expect, test } from 'vitest';
import { openProject } from '../../src/project/open.ts';
import { effectOf, meaningsOf } from '../../src/project/recognise.ts';
import { programIndex } from '../../src/project/calls.ts';
import { tree } from '../project/tree.ts';

const CODE = `import axios, { type AxiosInstance } from 'axios';
import { Upload } from '@aws-sdk/lib-storage';
import { GetObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { BlobServiceClient } from '@azure/storage-blob';
import { generateText } from 'ai';
import Anthropic from '@anthropic-ai/sdk';
import type { Queue } from 'bullmq';
import { Kafka } from 'kafkajs';
import nodemailer, { type Transporter } from 'nodemailer';
import sendgrid from '@sendgrid/mail';
import { WebClient } from '@slack/web-api';
import { request } from 'undici';
export class Warehouse {
  private readonly producer = new Kafka({}).producer();
  constructor(private readonly http: AxiosInstance, private readonly jobs: Queue, private readonly mail: Transporter) {}
  stock = () => this.http.get('/stock');
  ship = () => this.jobs.addBulk([]);
  publish = () => this.producer.send({});
  tell = () => this.mail.sendMail({});
}
export const get = () => axios({ url: '/' });
export const raw = () => request('https://example.com');
export const load = () => new S3Client({}).send(new GetObjectCommand({}));
export const store = () => new Upload({}).done();
export const blob = () => new BlobServiceClient('').getContainerClient('a').getBlobClient('b');
export const ask = () => generateText({});
export const chat = () => new Anthropic().messages.create({});
export const transport = nodemailer.createTransport({});
export const mail = () => sendgrid.send({});
export const post = () => new WebClient('').chat.postMessage({});
export const own = { get: () => 1 };
export const none = () => own.get();
`;

test('what goes over the network, line by line', () => {
  const project = openProject({ root: tree({ 'package.json': { name: 'sample' }, 'warehouse.ts': CODE }), cache: false });
  const file = project.files.get('warehouse.ts')!;
  programIndex(project.linker);
  const found = file.facts.calls.flatMap((value) => {
    const io = effectOf(meaningsOf(project.linker, project.recogniser, { file, value }), 'io');
    const line = file.text.slice(0, file.facts.values[value]!.start).split('\n').length;
    return io ? [`${line} ${io.meaning.library.id} ${io.effect.what}`] : [];
  });
  expect([...new Set(found)]).toEqual([
    '16 http-clients http',
    '17 bull queue',
    '18 kafkajs queue',
    '19 nodemailer mail',
    '21 http-clients http',
    '22 http-clients http',
    '23 aws storage',
    '24 aws storage',
    '25 object-storage storage',
    '26 ai-sdk model',
    '27 model-clients model',
    '29 mail-services mail',
    '30 remote-services service',
  ]);
});
