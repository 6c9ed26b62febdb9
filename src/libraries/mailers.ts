import { sdk, SDK_CLASS, sends } from './outbound.ts';
import type { Library } from './types.ts';

const send = sends('mail');

/** Nodemailer. https://nodemailer.com */
export const nodemailer: Library = {
  id: 'nodemailer',
  title: 'Nodemailer',
  category: 'outbound',
  packages: ['nodemailer', '@nestjs-modules/mailer'],
  types: {
    module: { members: { createTransport: { call: { returns: 'transport' } }, Transporter: { instance: 'transport' }, MailerService: { instance: 'transport' }, default: 'module' } },
    transport: { members: { sendMail: send, verify: send } },
  },
};

/** Services that send mail over HTTP. */
export const mailServices: Library = {
  id: 'mail-services',
  title: 'Mail services',
  category: 'outbound',
  packages: ['resend', '@sendgrid/mail', 'postmark', 'mailgun.js', '@getbrevo/brevo', 'mailersend'],
  types: {
    module: {
      ...SDK_CLASS,
      members: {
        send,
        sendMultiple: send,
        ...Object.fromEntries(['Resend', 'ServerClient', 'Client', 'MailService', 'MailerSend'].map((name) => [name, SDK_CLASS])),
        default: 'module',
      },
    },
    sdk: sdk('mail'),
  },
};
