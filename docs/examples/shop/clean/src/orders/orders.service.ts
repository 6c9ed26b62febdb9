import { ConflictError, NotFoundError } from '../errors/app-error.js';
import { productRepository, type ProductRepository } from '../products/products.repository.js';
import { orderRepository, type NewOrder, type OrderRepository } from './orders.repository.js';

export class OrderService {
  constructor(
    private readonly orders: OrderRepository,
    private readonly products: ProductRepository,
  ) {}

  async get(id: string) {
    const order = await this.orders.findById(id);
    if (!order) throw new NotFoundError('order', id);
    return order;
  }

  listOfUser(userId: string) {
    return this.orders.findByUser(userId);
  }

  async place(input: NewOrder) {
    const products = await this.products.findByIds(input.lines.map((line) => line.productId));
    const inStock = new Map(products.map((product) => [product.id, product.stock]));
    for (const { productId, quantity } of input.lines) {
      const stock = inStock.get(productId);
      if (stock === undefined) throw new NotFoundError('product', productId);
      if (stock < quantity) throw new ConflictError(`Only ${stock} left of product ${productId}`, 'OUT_OF_STOCK');
    }
    return this.orders.create(input);
  }

  async cancel(id: string) {
    const order = await this.get(id);
    if (order.status === 'CANCELLED') throw new ConflictError('The order is already cancelled', 'ORDER_CANCELLED');
    return this.orders.setStatus(id, 'CANCELLED');
  }
}

export const orderService = new OrderService(orderRepository, productRepository);
