import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './src/store/private/tables.sqlite.ts',
  out: './migrations/private-sqlite',
});
