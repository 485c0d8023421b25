import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

/** The faces that pictures are drawn with. */
export const heeboFiles = [
  '400Regular/Heebo_400Regular',
  '600SemiBold/Heebo_600SemiBold',
  '700Bold/Heebo_700Bold',
] as const;

/** Glyphs of a font by the format 4 table of its character map. */
export function glyphs(file: string): (character: string) => boolean {
  const font = readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/heebo/${file}.ttf`));
  const tables = Array.from({ length: font.readUInt16BE(4) }, (_, index) => 12 + index * 16);
  const cmap = font.readUInt32BE((tables.find((at) => font.toString('latin1', at, at + 4) === 'cmap') ?? 0) + 8);
  const encodings = Array.from(
    { length: font.readUInt16BE(cmap + 2) },
    (_, index) => cmap + font.readUInt32BE(cmap + 8 + index * 8),
  );
  const table = encodings.find((at) => font.readUInt16BE(at) === 4) ?? 0;
  const segments = font.readUInt16BE(table + 6) / 2;
  return (character) => {
    const code = character.codePointAt(0) ?? 0;
    for (let index = 0; index < segments; index += 1) {
      const end = font.readUInt16BE(table + 14 + index * 2);
      const start = font.readUInt16BE(table + 16 + segments * 2 + index * 2);
      if (code >= start && code <= end) return true;
    }
    return false;
  };
}
