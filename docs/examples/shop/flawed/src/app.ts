import express, { type Express } from 'express';
import { errorHandler } from './errors/error-handler.js';
import { notFound } from './http/not-found.js';
import { deskRouter } from './orders/desk.routes.js';
import { ordersRouter } from './orders/orders.routes.js';
import { productsRouter } from './products/products.routes.js';
import { usersRouter } from './users/users.routes.js';

export function createApp(): Express {
  const app = express();
  app.use(express.json());
  app.use('/api/users', usersRouter);
  app.use('/api/product', productsRouter);
  app.use('/api/orders', ordersRouter);
  app.use('/api/orders', deskRouter);
  app.use(notFound);
  app.use(errorHandler);
  return app;
}
