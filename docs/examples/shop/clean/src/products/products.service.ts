import { NotFoundError } from '../errors/app-error.js';
import { productRepository, type NewProduct, type ProductRepository } from './products.repository.js';

export class ProductService {
  constructor(private readonly products: ProductRepository) {}

  listAvailable() {
    return this.products.findInStock();
  }

  async get(id: string) {
    const product = await this.products.findById(id);
    if (!product) throw new NotFoundError('product', id);
    return product;
  }

  add(input: NewProduct) {
    return this.products.create(input);
  }
}

export const productService = new ProductService(productRepository);
