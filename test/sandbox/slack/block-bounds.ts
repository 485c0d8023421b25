export const text = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
export const option = (value: string) => ({ text: text(3), value });
export const options = (count: number) => Array.from({ length: count }, (_, n) => option(`v${n}`));
export const section = (length: number) => ({ type: 'section', text: { type: 'mrkdwn', text: 'x'.repeat(length) } });
export const button = (more: object) => ({ type: 'button', action_id: 'a', text: text(5), ...more });
export const actions = (...elements: object[]) => ({ type: 'actions', elements });
export const input = (element: object) => ({ type: 'input', label: text(5), element });
export const cells = (rows: number, columns: number) =>
  Array.from({ length: rows }, () => Array.from({ length: columns }, () => ({ type: 'raw_text', text: 'x' })));
export const points = (count: number) => Array.from({ length: count }, (_, n) => ({ label: `p${n}`, value: n }));

/** Pairs of the largest that fits and the smallest that does not. */
export const bounds: readonly [string, object, object][] = [
  ['section text', section(3_000), section(3_001)],
  ['empty section text', section(1), section(0)],
  ['section without text and fields', section(1), { type: 'section' }],
  [
    'section fields',
    { type: 'section', fields: Array.from({ length: 10 }, () => text(2_000)) },
    { type: 'section', fields: Array.from({ length: 11 }, () => text(1)) },
  ],
  ['field text', { type: 'section', fields: [text(2_000)] }, { type: 'section', fields: [text(2_001)] }],
  ['header', { type: 'header', text: text(150) }, { type: 'header', text: text(151) }],
  ['header in mrkdwn', { type: 'header', text: text(1) }, { type: 'header', text: { type: 'mrkdwn', text: 'x' } }],
  [
    'context elements',
    { type: 'context', elements: Array.from({ length: 10 }, () => text(1)) },
    { type: 'context', elements: Array.from({ length: 11 }, () => text(1)) },
  ],
  [
    'actions elements',
    actions(...Array.from({ length: 25 }, (_, n) => button({ action_id: `a${n}` }))),
    actions(...Array.from({ length: 26 }, (_, n) => button({ action_id: `a${n}` }))),
  ],
  [
    'action ids of one block',
    actions(button({ action_id: 'a' }), button({ action_id: 'b' })),
    actions(button({ action_id: 'a' }), button({ action_id: 'a' })),
  ],
  ['button text', actions(button({ text: text(75) })), actions(button({ text: text(76) }))],
  ['button value', actions(button({ value: 'x'.repeat(2_000) })), actions(button({ value: 'x'.repeat(2_001) }))],
  ['button url', actions(button({ url: 'x'.repeat(3_000) })), actions(button({ url: 'x'.repeat(3_001) }))],
  ['button style', actions(button({ style: 'danger' })), actions(button({ style: 'warning' }))],
  ['action_id', actions(button({ action_id: 'x'.repeat(255) })), actions(button({ action_id: 'x'.repeat(256) }))],
  ['block_id', { type: 'divider', block_id: 'x'.repeat(255) }, { type: 'divider', block_id: 'x'.repeat(256) }],
  [
    'select options',
    actions({ type: 'static_select', action_id: 's', options: options(100) }),
    actions({ type: 'static_select', action_id: 's', options: options(101) }),
  ],
  [
    'no options at all',
    actions({ type: 'static_select', action_id: 's', options: options(1) }),
    actions({ type: 'static_select', action_id: 's', options: [] }),
  ],
  [
    'option value',
    actions({ type: 'static_select', action_id: 's', options: [option('x'.repeat(75))] }),
    actions({ type: 'static_select', action_id: 's', options: [option('x'.repeat(76))] }),
  ],
  [
    'option values twice',
    actions({ type: 'static_select', action_id: 's', options: options(2) }),
    actions({ type: 'static_select', action_id: 's', options: [option('a'), option('a')] }),
  ],
  [
    'initial option',
    actions({ type: 'static_select', action_id: 's', options: options(2), initial_option: option('v1') }),
    actions({ type: 'static_select', action_id: 's', options: options(2), initial_option: option('v2') }),
  ],
  [
    'placeholder',
    actions({ type: 'users_select', action_id: 's', placeholder: text(150) }),
    actions({ type: 'users_select', action_id: 's', placeholder: text(151) }),
  ],
  [
    'overflow',
    actions({ type: 'overflow', action_id: 'o', options: options(5) }),
    actions({ type: 'overflow', action_id: 'o', options: options(6) }),
  ],
  [
    'checkboxes',
    actions({ type: 'checkboxes', action_id: 'c', options: options(10) }),
    actions({ type: 'checkboxes', action_id: 'c', options: options(11) }),
  ],
  [
    'confirm',
    actions(button({ confirm: { title: text(100), text: text(300), confirm: text(30), deny: text(30) } })),
    actions(button({ confirm: { title: text(101), text: text(300), confirm: text(30), deny: text(30) } })),
  ],
  [
    'image alt text',
    { type: 'image', image_url: 'https://x', alt_text: 'x'.repeat(2_000) },
    { type: 'image', image_url: 'https://x', alt_text: 'x'.repeat(2_001) },
  ],
  [
    'image source',
    { type: 'image', slack_file: { id: 'F1' }, alt_text: '' },
    { type: 'image', slack_file: { id: 'F1' }, image_url: 'https://x', alt_text: '' },
  ],
  [
    'slack_file',
    { type: 'image', slack_file: { url: 'https://x' }, alt_text: '' },
    { type: 'image', slack_file: { id: 'F1', url: 'https://x' }, alt_text: '' },
  ],
  ['markdown', { type: 'markdown', text: 'x'.repeat(12_000) }, { type: 'markdown', text: 'x'.repeat(12_001) }],
  ['table rows', { type: 'table', rows: cells(100, 1) }, { type: 'table', rows: cells(101, 1) }],
  ['table columns', { type: 'table', rows: cells(1, 20) }, { type: 'table', rows: cells(1, 21) }],
  [
    'data table',
    { type: 'data_table', caption: 'c', rows: cells(201, 1) },
    { type: 'data_table', caption: 'c', rows: cells(202, 1) },
  ],
  [
    'pie segments',
    { type: 'data_visualization', title: 't', chart: { type: 'pie', segments: points(6) } },
    { type: 'data_visualization', title: 't', chart: { type: 'pie', segments: points(7) } },
  ],
  [
    'series labels',
    {
      type: 'data_visualization',
      title: 't',
      chart: { type: 'bar', series: [{ name: 's', data: points(2) }], axis_config: { categories: ['p0', 'p1'] } },
    },
    {
      type: 'data_visualization',
      title: 't',
      chart: { type: 'bar', series: [{ name: 's', data: points(2) }], axis_config: { categories: ['p0', 'other'] } },
    },
  ],
  [
    'input label',
    input({ type: 'plain_text_input' }),
    { type: 'input', label: text(2_001), element: { type: 'plain_text_input' } },
  ],
  [
    'min_length',
    input({ type: 'plain_text_input', min_length: 3_000 }),
    input({ type: 'plain_text_input', min_length: 3_001 }),
  ],
  ['input element', input({ type: 'users_select', action_id: 's' }), input(button({}))],
  ['known keys', section(1), { ...section(1), colour: 'red' }],
  ['known types', section(1), { type: 'sektion', text: text(1) }],
];
