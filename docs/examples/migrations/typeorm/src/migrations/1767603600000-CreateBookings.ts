import { Table, type MigrationInterface, type QueryRunner } from 'typeorm';

export class CreateBookings1767603600000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.createTable(
      new Table({
        name: 'booking',
        columns: [
          { name: 'id', type: 'uuid', isPrimary: true },
          { name: 'guest', type: 'text' },
          { name: 'arrival', type: 'date' },
        ],
      }),
    );
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropTable('booking');
  }
}
