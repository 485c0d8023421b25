import { ApiFailure } from './api-call.ts';
import { plainText } from './block-elements.ts';
import { anything, boolean, byType, list, object, oneOf, problem, problemText, string } from './block-schema.ts';
import type { Problem } from './block-schema.ts';
import type { Fields } from './model.ts';
import { fieldsOf, listOf } from './values.ts';
import { problemsOfBlocks } from './validate-blocks.ts';

const mostBytes = 250_000;

const shared = { private_metadata: string(3000), callback_id: string(255), external_id: string(255) };
const blocks = list(anything, 0, 100);
const view = byType({
  modal: object(
    { type: oneOf('modal'), title: plainText(24), blocks },
    {
      ...shared,
      close: plainText(24),
      submit: plainText(24),
      clear_on_close: boolean,
      notify_on_close: boolean,
      submit_disabled: boolean,
    },
    (value, at, problems) => {
      const asks = listOf(value['blocks']).some((block) => fieldsOf(block)['type'] === 'input');
      if (asks && value['submit'] === undefined)
        problem(problems, at, 'missing_field', 'missing required field: submit, needed with an input block');
    },
  ),
  home: object({ type: oneOf('home'), blocks }, shared),
});

export function problemsOfView(given: unknown): Problem[] {
  const problems: Problem[] = [];
  view(given, '/view', problems);
  const fields = fieldsOf(given);
  const surface = fields['type'] === 'home' ? 'home' : 'modal';
  problems.push(...problemsOfBlocks(fields['blocks'] ?? [], surface, '/view/blocks'));
  return problems;
}

/** Throws what views.open and its relatives answer to a view that breaks a rule. */
export function validateView(given: Fields, type: 'modal' | 'home' | undefined): void {
  if (type !== undefined && given['type'] !== type)
    throw refused([{ pointer: '/view/type', code: 'invalid_value', message: `must be ${type}` }]);
  const problems = problemsOfView(given);
  if (problems.length > 0) throw refused(problems);
  if (Buffer.byteLength(JSON.stringify(given)) > mostBytes) throw new ApiFailure('view_too_large');
}

function refused(problems: readonly Problem[]): ApiFailure {
  return new ApiFailure('invalid_arguments', { response_metadata: { messages: problems.map(problemText) } });
}
