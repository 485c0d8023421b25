import { connect, type Socket } from 'node:net';
import { requestsOf } from './requests.ts';
import { summary } from './statistics.ts';
import type { LoadPlan, LoadResult } from './load.ts';

/** A load generator over plain sockets: node:http's own client would cost more than the servers that it measures. */
process.once('message', (plan) => {
  // Sent by load.ts alone.
  void run(plan as LoadPlan).then((result) => process.send?.(result, () => process.disconnect()));
});

interface Connection {
  send(request: string, dueAt: number): void;
}

async function run(plan: LoadPlan): Promise<LoadResult> {
  const { port, connections, until, ratePerSecond } = plan;
  const make = requestsOf(plan.traffic, port);
  const limit = 'requests' in until ? until.requests : Infinity;
  // What is signed one by one is signed before the clock runs.
  const prepared =
    Number.isFinite(limit) && limit <= 100_000 ? Array.from({ length: limit }, (_, n) => make(plan.first + n)) : [];
  const latencies: number[] = [];
  const statuses: Record<string, number> = {};
  const idle: Connection[] = [];
  const sockets: Socket[] = [];
  let started = 0;
  let startedAt = 0;

  return new Promise((resolve, reject) => {
    const finish = () => {
      clearInterval(timetable);
      const elapsedMs = performance.now() - startedAt;
      for (const socket of sockets) socket.destroy();
      const began = performance.timeOrigin + startedAt;
      resolve({ requests: latencies.length, startedAt: began, elapsedMs, latency: summary(latencies), statuses });
    };
    const isOver = () => started >= limit || ('ms' in until && performance.now() - startedAt >= until.ms);
    const request = () => {
      const n = started;
      started += 1;
      return prepared[n] ?? make(plan.first + n);
    };
    const answered = (connection: Connection, status: string, tookMs: number) => {
      latencies.push(tookMs);
      statuses[status] = (statuses[status] ?? 0) + 1;
      idle.push(connection);
      if (isOver()) {
        if (idle.length === connections) finish();
      } else if (ratePerSecond === undefined) {
        idle.pop();
        connection.send(request(), performance.now());
      } else pump();
    };
    // Requests that are due and found no free socket go out first, and count from when they were due.
    const pump = () => {
      if (ratePerSecond === undefined) return;
      for (;;) {
        const dueAt = startedAt + (started * 1_000) / ratePerSecond;
        if (dueAt > performance.now() || isOver()) return;
        const connection = idle.pop();
        if (connection === undefined) return;
        connection.send(request(), dueAt);
      }
    };
    let timetable: NodeJS.Timeout | undefined;
    void Promise.all(Array.from({ length: connections }, () => open(port, sockets, answered, reject))).then((ready) => {
      startedAt = performance.now();
      idle.push(...ready);
      if (ratePerSecond !== undefined) {
        timetable = setInterval(() => {
          pump();
          if (isOver() && idle.length === connections) finish();
        }, 1);
      } else for (const connection of idle.splice(0)) connection.send(request(), performance.now());
    }, reject);
  });
}

function open(
  port: number,
  sockets: Socket[],
  answered: (connection: Connection, status: string, tookMs: number) => void,
  failed: (error: Error) => void,
): Promise<Connection> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    let sentAt = 0;
    let received = '';
    const connection: Connection = {
      send(request, dueAt) {
        sentAt = dueAt;
        socket.write(request);
      },
    };
    socket.setEncoding('latin1');
    socket.on('data', (part: string) => {
      received += part;
      if (!isWhole(received)) return;
      const status = received.slice(9, 12);
      received = '';
      answered(connection, status, performance.now() - sentAt);
    });
    socket.once('error', failed);
    socket.once('close', () => failed(new Error('the server closed a connection')));
    socket.once('connect', () => resolve(connection));
    sockets.push(socket);
  });
}

/** One request is under way per socket, so whatever follows the head is its body. */
function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return false;
  const head = text.slice(0, end).toLowerCase();
  const length = /\r\ncontent-length: (\d+)/.exec(head)?.[1];
  if (length !== undefined) return text.length >= end + 4 + Number(length);
  return head.includes('transfer-encoding: chunked') ? text.endsWith('0\r\n\r\n') : true;
}
