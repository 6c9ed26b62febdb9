import { Router } from 'express';
import { createUser, getUser, listUsers, listUserOrders } from './users.handler.js';

export const usersRouter = Router();

usersRouter.get('/', listUsers);
usersRouter.post('/', createUser);
usersRouter.get('/:id', getUser);
usersRouter.get('/:id/orders', listUserOrders);
