import { Router } from 'express';
import { createProduct, getProduct, listNewest, listProducts } from './products.handler.js';

export const productsRouter = Router();

productsRouter.get('/', listProducts);
productsRouter.post('/', createProduct);
productsRouter.get('/:id', getProduct);
productsRouter.get('/newest', listNewest);
