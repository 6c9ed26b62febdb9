import type { MigrationInterface, QueryRunner } from 'typeorm';

export class IndexArrivals1769432400000 implements MigrationInterface {
  transaction = false;

  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('CREATE INDEX CONCURRENTLY "IDX_booking_arrival" ON "booking" ("arrival")');
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.query('DROP INDEX CONCURRENTLY "IDX_booking_arrival"');
  }
}
