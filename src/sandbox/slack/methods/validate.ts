import { invalidArguments, structured } from '../api-call.ts';
import type { Call, MethodTable } from '../api-call.ts';
import type { Fields } from '../model.ts';
import { problemsOfBlocks } from '../validate-blocks.ts';
import { problemsOfView } from '../validate-view.ts';
import { fieldsOf } from '../values.ts';

export const validationMethods: MethodTable = { 'blocks.validate': { run: validate } };

/** Exactly one of `blocks`, `message`, `view`; answers what is wrong with it instead of failing. */
function validate(call: Call): Fields {
  const given = ['blocks', 'message', 'view'].filter((key) => call.args[key] !== undefined);
  const [key] = given;
  if (key === undefined || given.length !== 1)
    throw invalidArguments('must provide exactly one of blocks, message, view');
  const value = structured(call, key, 'invalid_arguments');
  if (key === 'view') return answer(problemsOfView(value));
  if (key === 'message') return answer(problemsOfBlocks(fieldsOf(value)['blocks'] ?? [], 'message', '/message/blocks'));
  return answer(problemsOfBlocks(value, 'message'));
}

function answer(errors: readonly object[]): Fields {
  return { valid: errors.length === 0, errors };
}
