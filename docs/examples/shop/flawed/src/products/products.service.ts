import { productRepository, type NewProduct, type ProductRepository } from './products.repository.js';

export class ProductService {
  constructor(private readonly products: ProductRepository) {}

  async get(id: string) {
    const product = await this.products.findById(id);
    if (!product) throw new Error(`No product ${id}`);
    return product;
  }

  newest() {
    return this.products.findNewest();
  }

  add(input: NewProduct) {
    return this.products.create(input);
  }
}

export const productService = new ProductService(productRepository);
