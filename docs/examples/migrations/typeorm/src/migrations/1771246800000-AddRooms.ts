import { TableColumn, type MigrationInterface, type QueryRunner } from 'typeorm';

export class AddRooms1771246800000 implements MigrationInterface {
  async up(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.addColumn('booking', new TableColumn({ name: 'room', type: 'integer' }));
  }

  async down(queryRunner: QueryRunner): Promise<void> {
    await queryRunner.dropColumn('booking', 'room');
  }
}
