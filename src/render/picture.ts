import { createRequire } from 'node:module';
import { Resvg } from '@resvg/resvg-js';
import type { Language } from '../oncall/catalog.ts';
import { escapeXml } from './mini-dom.ts';

/** What Toran's pictures share. */
export const font = 'Heebo';
export const ink = '#1f2937';
export const faint = '#6b7280';
export const width = 760;
/** Slack shows pictures up to about 700 px wide, and half of that on a phone: two pixels per unit keep the type sharp. */
const zoom = 2;

/** An SVG as PNG, the same on every host. */
export function drawn(svg: string): Uint8Array {
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: zoom },
    background: 'white',
    font: { loadSystemFonts: false, fontFiles: fontFiles(), defaultFontFamily: font },
  });
  return Uint8Array.from(image.render().asPng());
}

export interface TextStyle {
  readonly size: number;
  readonly weight: number;
  readonly anchor: 'start' | 'middle' | 'end';
  readonly colour?: string;
}

/** A line of text at a place in the picture; `text` is escaped and has its direction. */
export function svgText(text: string, x: number, y: number, { size, weight, anchor, colour = ink }: TextStyle): string {
  return `<text x="${x}" y="${y}" font-size="${size}" font-weight="${weight}" text-anchor="${anchor}" fill="${colour}">${escapeXml(text)}</text>`;
}

/** The rasteriser lays out every text from the left; marked like this, Hebrew and the numbers in it keep their order. */
export function isolated(text: string, language: Language): string {
  return language === 'he' ? `\u2067${text}\u2069` : `\u2066${text}\u2069`;
}

/** At most so many characters, with an ellipsis for what is left out. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}

/** In lines of at most so many characters, broken between words and never within a name that has a direction of its own. */
export function wrapped(text: string, most: number): string[] {
  const lines = [''];
  const held = text.replaceAll(/\u2068[^\u2069]*\u2069/g, (name) => name.replaceAll(' ', '\u00A0'));
  for (const word of held.split(' ')) {
    const last = lines.at(-1) ?? '';
    if (last === '') lines.splice(-1, 1, word);
    else if (last.length + 1 + word.length <= most) lines.splice(-1, 1, `${last} ${word}`);
    else lines.push(word);
  }
  return lines;
}

function fontFiles(): string[] {
  const { resolve } = createRequire(import.meta.url);
  return ['400Regular/Heebo_400Regular', '600SemiBold/Heebo_600SemiBold', '700Bold/Heebo_700Bold'].map((file) =>
    resolve(`@expo-google-fonts/heebo/${file}.ttf`),
  );
}
