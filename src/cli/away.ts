import { randomUUID } from 'node:crypto';
import { BadInput } from '../config/bad-input.ts';
import { personStream } from '../engine/streams.ts';
import { awayCliWords } from '../messages/away-cli.ts';
import { available } from '../oncall/available.ts';
import { zoneOf } from '../oncall/burden.ts';
import { automation } from '../oncall/recorded.ts';
import { toIsoInZone, type EpochMs } from '../oncall/time.ts';
import type { CliCommand } from './command.ts';
import { parseOptions } from './options.ts';
import { nameOf, personNamed, timeOption } from './people.ts';
import { withStore } from './with-store.ts';

const awayHelp = `Usage: toran away PERSON [--until TIME] [--json]

Somebody of the catalog cannot be reached from now on: they are not paged, mentioned or assigned, what they are being
asked moves on, and their shifts are handed over. Nothing is asked, kept or printed about why.

  PERSON         key or name in the catalog
  --until TIME   ISO 8601 with an offset; left out: until further notice
  --json         print JSON alone`;

export const awayCommand: CliCommand = {
  name: 'away',
  summary: 'somebody cannot be reached from now on',
  help: awayHelp,
  async run(args, io) {
    const { values, positionals } = parseOptions(
      'away',
      args,
      { until: { type: 'string' }, json: { type: 'boolean', default: false } },
      true,
    );
    const typed = onePerson('away', positionals);
    const until = timeOption('--until', values.until);
    const now = io.now();
    if (until !== undefined && until <= now) throw new BadInput('--until: is over already; give a later time');
    return withStore(io, async (store, engine) => {
      const facts = await store.onCallFacts();
      const person = personNamed('away', typed, facts.catalog);
      const isCovered = isAwayThrough(available(facts, person, now, 'sev1'), until);
      if (!isCovered) {
        const outcome = await engine.execute({
          kind: 'person',
          stream: personStream(person),
          command: {
            type: 'mark_unavailable',
            window: `cli:${randomUUID()}`,
            effect: 'hard',
            certain: true,
            from: now,
            to: until ?? null,
            source: 'teammate',
          },
          actor: automation,
        });
        if (outcome.kind !== 'accepted') throw new Error(`${person} could not be marked (${outcome.kind})`);
      }
      const shown = until === undefined ? undefined : toIsoInZone(until, zoneOf(facts.catalog, person));
      if (values.json)
        io.out(JSON.stringify({ person, changed: !isCovered, until: isCovered ? undefined : (shown ?? null) }));
      else {
        const words = awayCliWords[facts.catalog.workspace.locale];
        const name = nameOf(facts.catalog, person);
        io.out(isCovered ? words.alreadyAway(name) : words.away(name, shown));
      }
      return 0;
    });
  },
};

const backHelp = `Usage: toran back PERSON [--json]

What keeps somebody from being asked ends now; what is planned for later stays. Shifts that others have taken stay theirs.

  PERSON   key or name in the catalog
  --json   print JSON alone`;

export const backCommand: CliCommand = {
  name: 'back',
  summary: 'somebody can be reached again',
  help: backHelp,
  async run(args, io) {
    const { values, positionals } = parseOptions('back', args, { json: { type: 'boolean', default: false } }, true);
    const typed = onePerson('back', positionals);
    return withStore(io, async (store, engine) => {
      const { catalog } = await store.onCallFacts();
      const person = personNamed('back', typed, catalog);
      const outcome = await engine.execute({
        kind: 'person',
        stream: personStream(person),
        command: { type: 'mark_available' },
        actor: automation,
      });
      const changed = outcome.kind === 'accepted';
      if (!changed && !(outcome.kind === 'refused' && outcome.refusal.code === 'not_away'))
        throw new Error(`${person} could not be marked (${outcome.kind})`);
      if (values.json) io.out(JSON.stringify({ person, changed }));
      else {
        const words = awayCliWords[catalog.workspace.locale];
        io.out(changed ? words.back(nameOf(catalog, person)) : words.notAway(nameOf(catalog, person)));
      }
      return 0;
    });
  },
};

function isAwayThrough({ state, until: changes }: ReturnType<typeof available>, until: EpochMs | undefined): boolean {
  return state === 'no' && (changes === null || (until !== undefined && changes >= until));
}

function onePerson(command: string, positionals: readonly string[]): string {
  const [person, ...more] = positionals;
  if (person === undefined || more.length > 0)
    throw new BadInput(`${command}: name one person; see toran ${command} --help`);
  return person;
}
