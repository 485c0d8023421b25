import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/store/private/tables.postgres.ts',
  out: './migrations/private-postgres',
});
