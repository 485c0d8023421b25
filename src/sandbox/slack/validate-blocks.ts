import { ApiFailure } from './api-call.ts';
import {
  actionElement,
  anyText,
  buttonElement,
  contextElement,
  image,
  imageBlock,
  inputElement,
  mrkdwn,
  plainText,
  sectionAccessory,
} from './block-elements.ts';
import { anything, boolean, byType, list, object, oneOf, problem, problemText, string, whole } from './block-schema.ts';
import type { Check, Problem } from './block-schema.ts';
import type { Fields } from './model.ts';
import { dataTable, dataVisualization, table } from './validate-data-blocks.ts';
import { fieldsOf, isFields, listOf, textOf } from './values.ts';

/** Where blocks stand; not every block may stand everywhere. */
export type Surface = 'message' | 'modal' | 'home';

const most: Readonly<Record<Surface, number>> = { message: 50, modal: 100, home: 100 };
/** Undocumented: over all blocks of one message (slackapi/bolt-js#2509). */
const mostCharacters = 13_200;
const mostMarkdown = 12_000;

const base = { type: anything };
const named = { block_id: string(255, 1) };

const richText = object(
  {
    ...base,
    elements: list(
      byType({
        rich_text_section: anything,
        rich_text_list: anything,
        rich_text_quote: anything,
        rich_text_preformatted: anything,
      }),
      0,
      1_000,
    ),
  },
  named,
);
const card = object(base, {
  ...named,
  hero_image: image,
  icon: image,
  title: mrkdwn(150),
  subtitle: mrkdwn(150),
  body: mrkdwn(200),
  actions: list(buttonElement, 1, 25),
});

const everywhere: Readonly<Record<string, Check>> = {
  section: object(
    base,
    { ...named, text: anyText(3000), fields: list(anyText(2000), 1, 10), accessory: sectionAccessory, expand: boolean },
    (value, at, problems) => {
      if (value['text'] === undefined && value['fields'] === undefined)
        problem(problems, at, 'missing_field', 'must provide text or fields');
    },
  ),
  header: object({ ...base, text: plainText(150) }, { ...named, level: whole(1, 6) }),
  divider: object(base, named),
  context: object({ ...base, elements: list(contextElement, 1, 10) }, named),
  actions: object({ ...base, elements: list(actionElement, 1, 25) }, named),
  image: imageBlock,
  rich_text: richText,
  video: object(
    {
      ...base,
      video_url: string(3000, 1),
      thumbnail_url: string(3000, 1),
      alt_text: string(2000),
      title: plainText(200),
    },
    {
      ...named,
      title_url: string(3000),
      author_name: string(50),
      provider_name: string(50),
      provider_icon_url: string(3000),
      description: plainText(200),
    },
  ),
  input: object(
    { ...base, label: plainText(2000), element: inputElement },
    { ...named, hint: plainText(2000), optional: boolean, dispatch_action: boolean },
  ),
  container: object(
    { ...base, child_blocks: list((value, at, problems) => inContainer(value, at, problems), 1, 10) },
    {
      ...named,
      title: plainText(150),
      rich_text_title: richText,
      subtitle: anyText(150),
      width: oneOf('narrow', 'standard', 'wide', 'full'),
      icon: image,
      is_collapsible: boolean,
      default_collapsed: boolean,
    },
  ),
};

const inMessages: Readonly<Record<string, Check>> = {
  ...everywhere,
  markdown: object({ ...base, text: string(mostMarkdown, 1) }, named),
  table,
  data_table: dataTable,
  data_visualization: dataVisualization,
  file: object({ ...base, external_id: string(255, 1), source: oneOf('remote') }, named),
  context_actions: object(
    { ...base, elements: list(byType({ feedback_buttons: anything, icon_button: anything }), 1, 5) },
    named,
  ),
  card,
  carousel: object({ ...base, elements: list(card, 1, 10) }, named),
  task_card: object(
    {
      ...base,
      task_id: string(255, 1),
      title: string(150, 1),
      status: oneOf('pending', 'in_progress', 'complete', 'error'),
    },
    { ...named, details: richText, output: richText, sources: list(anything, 0, 100) },
  ),
  plan: object({ ...base, title: string(150, 1) }, { ...named, tasks: list(anything, 0, 100), plan_id: string(255) }),
};

const inViews: Readonly<Record<string, Check>> = {
  ...everywhere,
  alert: object(
    { ...base, text: anyText(3000) },
    { ...named, level: oneOf('default', 'info', 'warning', 'error', 'success') },
  ),
};

const messageBlock = byType(inMessages);
const modalBlock = byType(inViews);
const homeBlock = byType({ ...everywhere, data_table: dataTable, data_visualization: dataVisualization });
const inContainer = byType(everywhere);

/** Everything wrong with a list of blocks; empty when Slack would take it. */
export function problemsOfBlocks(blocks: unknown, surface: Surface, at = '/blocks'): Problem[] {
  const problems: Problem[] = [];
  const block = surface === 'message' ? messageBlock : surface === 'modal' ? modalBlock : homeBlock;
  list(block, 0, most[surface])(blocks, at, problems);
  uniqueIds(listOf(blocks), at, problems);
  if (surface === 'message') {
    const counts = new Map<unknown, number>();
    for (const one of listOf(blocks)) counts.set(fieldsOf(one)['type'], (counts.get(fieldsOf(one)['type']) ?? 0) + 1);
    if ((counts.get('table') ?? 0) > 1) problem(problems, at, 'too_many_items', 'only one table block is allowed');
    if ((counts.get('data_visualization') ?? 0) > 2)
      problem(problems, at, 'too_many_items', 'no more than 2 data_visualization blocks allowed');
    const markdown = listOf(blocks).filter((one) => fieldsOf(one)['type'] === 'markdown');
    const characters = markdown.reduce<number>((sum, one) => sum + (textOf(fieldsOf(one)['text']) ?? '').length, 0);
    if (characters > mostMarkdown)
      problem(problems, at, 'too_long', `markdown blocks must be less than ${mostMarkdown + 1} characters together`);
  }
  return problems;
}

/** Block ids are unique in a message or view, action ids in their block. */
function uniqueIds(blocks: readonly unknown[], at: string, problems: Problem[]): void {
  const seen = new Set<unknown>();
  blocks.forEach((given, index) => {
    const block = fieldsOf(given);
    const id = textOf(block['block_id']);
    if (id !== undefined && seen.has(id))
      problem(problems, `${at}/${index}/block_id`, 'duplicate_value', `block_id "${id}" already exists`);
    seen.add(id);
    const actions = new Set<unknown>();
    listOf(block['elements']).forEach((element, position) => {
      const action = textOf(fieldsOf(element)['action_id']);
      if (action !== undefined && actions.has(action)) {
        const message = `action_id "${action}" already exists for another element`;
        problem(problems, `${at}/${index}/elements/${position}/action_id`, 'duplicate_value', message);
      }
      actions.add(action);
    });
  });
}

/** Throws what chat.postMessage and its relatives answer to blocks that break a rule. */
export function validateMessageBlocks(blocks: readonly Fields[]): void {
  const problems = problemsOfBlocks(blocks, 'message');
  if (problems.length > 0) {
    const messages = problems.map(problemText);
    throw new ApiFailure('invalid_blocks', {
      errors: messages.map((text) => text.replace('[ERROR] ', '')),
      response_metadata: { messages },
    });
  }
  if (charactersIn(blocks) > mostCharacters) throw new ApiFailure('msg_blocks_too_long');
}

/** What people read in these blocks: the text of text objects, cells, labels; not ids, values or links. */
export function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, one) => sum + charactersIn(one), 0);
  if (!isFields(value)) return 0;
  let sum = 0;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner === 'string') sum += key === 'text' || key === 'alt_text' ? inner.length : 0;
    else sum += charactersIn(inner);
  }
  return sum;
}
