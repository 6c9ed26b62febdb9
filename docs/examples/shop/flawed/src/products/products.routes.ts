import { Router } from 'express';
import { createProduct, getProduct, listProducts } from './products.handler.js';

export const productsRouter = Router();

productsRouter.get('/', listProducts);
productsRouter.post('/', createProduct);
productsRouter.get('/:id', getProduct);
