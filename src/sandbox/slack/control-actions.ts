import { z } from 'zod';
import type { PersonActions } from './person-actions.ts';

const user = z.string().min(1);
const channel = z.string().min(1);
const ts = z.string().regex(/^\d+\.\d{6}$/);
const text = z.string();
const several = z.union([z.string(), z.array(z.string())]);
const spot = {
  user,
  channel: channel.optional(),
  ts: ts.optional(),
  view: z.string().optional(),
  actionId: z.string().optional(),
  blockId: z.string().optional(),
  label: z.string().optional(),
  value: z.string().optional(),
};

/** The body of each `POST actions/<name>`, and the action it becomes. Throws ZodError on a wrong body. */
export const actionSchemas = {
  command: (act, body) => act.command(z.object({ user, channel, command: text, text: text.optional() }).parse(body)),
  click: (act, body) => act.click(z.object(spot).parse(body)),
  select: (act, body) => act.select(z.object({ ...spot, choose: several }).parse(body)),
  suggest: (act, body) =>
    act.suggest(
      z
        .object({
          user,
          view: text.optional(),
          channel: channel.optional(),
          ts: ts.optional(),
          actionId: text,
          typed: text,
        })
        .parse(body),
    ),
  submit: (act, body) =>
    act.submit(z.object({ user, view: text.optional(), values: z.record(z.string(), several).optional() }).parse(body)),
  close: (act, body) => act.close(z.object({ user, all: z.boolean().optional() }).parse(body)),
  messageShortcut: (act, body) => act.messageShortcut(z.object({ user, channel, ts, callbackId: text }).parse(body)),
  globalShortcut: (act, body) => act.globalShortcut(z.object({ user, callbackId: text }).parse(body)),
  openHome: (act, body) => act.openHome(z.object({ user, tab: z.enum(['home', 'messages']).optional() }).parse(body)),
  post: (act, body) => act.post(z.object({ user, channel, text, threadTs: ts.optional() }).parse(body)),
  edit: (act, body) => act.edit(z.object({ user, channel, ts, text }).parse(body)),
  remove: (act, body) => act.remove(z.object({ user, channel, ts }).parse(body)),
  react: (act, body) => act.react(z.object({ user, channel, ts, name: text }).parse(body)),
  unreact: (act, body) => act.unreact(z.object({ user, channel, ts, name: text }).parse(body)),
  pin: (act, body) => act.pin(z.object({ user, channel, ts }).parse(body)),
  join: (act, body) => act.join(z.object({ user, channel }).parse(body)),
  leave: (act, body) => act.leave(z.object({ user, channel }).parse(body)),
  invite: (act, body) => act.invite(z.object({ user, channel, users: z.array(user) }).parse(body)),
  kick: (act, body) => act.kick(z.object({ user, channel, target: user }).parse(body)),
  createChannel: (act, body) =>
    act.createChannel(z.object({ user, name: text, isPrivate: z.boolean().optional() }).parse(body)),
  renameChannel: (act, body) => act.renameChannel(z.object({ user, channel, name: text }).parse(body)),
  archiveChannel: (act, body) => act.archiveChannel(z.object({ user, channel }).parse(body)),
  unarchiveChannel: (act, body) => act.unarchiveChannel(z.object({ user, channel }).parse(body)),
  setTopic: (act, body) => act.setTopic(z.object({ user, channel, topic: text }).parse(body)),
  deactivateUser: (act, body) => act.deactivateUser(z.object({ user }).parse(body)),
  uninstallApp: (act, body) => act.uninstallApp(z.object({ user }).parse(body)),
} as const satisfies Record<keyof PersonActions, (act: PersonActions, body: unknown) => unknown>;

export type ActionName = keyof PersonActions;
