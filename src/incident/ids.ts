/** `INC-42`: the incident's number is part of its name, in every channel, message and stream. */
export type IncidentId = `INC-${number}`;

/** One page of one incident: `INC-42/p1`. */
export type PageId = `${IncidentId}/p${number}`;

/** One delivery of one page to one person or channel by one way: `INC-42/p1/d3`. Doubles as the key of idempotency. */
export type DeliveryId = `${PageId}/d${number}`;

/** The erasable row that holds what a person wrote: the event keeps only this. `INC-42/t7` belongs to event 7. */
export type TextId = `${IncidentId}/t${number}` | `${IncidentId}/t${number}.${string}`;

export function incidentId(number: number): IncidentId {
  return `INC-${number}`;
}

/** Accepts `INC-42`, `inc-42` and `42`, as people type it; undefined when it is none of these. */
export function readIncidentId(text: string): IncidentId | undefined {
  const match = /^(?:inc-)?([1-9]\d{0,8})$/i.exec(text.trim());
  return match ? `INC-${Number(match[1])}` : undefined;
}

export function incidentNumber(id: IncidentId): number {
  return Number(id.slice('INC-'.length));
}

export function pageId(incident: IncidentId, ordinal: number): PageId {
  return `${incident}/p${ordinal}`;
}

export function deliveryId(page: PageId, ordinal: number): DeliveryId {
  return `${page}/d${ordinal}`;
}

/** `part` tells several texts of one event apart. */
export function textId(incident: IncidentId, sequence: number, part?: string): TextId {
  return part === undefined ? `${incident}/t${sequence}` : `${incident}/t${sequence}.${part}`;
}

/** The incident to which a page, delivery or text id belongs. */
export function incidentOf(id: PageId | DeliveryId | TextId): IncidentId {
  const number = Number(/^INC-(\d+)\//.exec(id)?.[1] ?? 0);
  return `INC-${number}`;
}
