import { Router } from 'express';
import { cancelOrder, getOrder, placeOrder } from './orders.handler.js';

export const ordersRouter = Router();

ordersRouter.post('/', placeOrder);
ordersRouter.get('/:id', getOrder);
ordersRouter.post('/:id/cancel', cancelOrder);
