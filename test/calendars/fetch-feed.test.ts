import { createServer, type Server } from 'node:https';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { feedAddress, fetchFeed, type FetchOptions } from '../../src/calendars/fetch-feed.ts';
import { isPublicAddress, type ResolveAll } from '../../src/calendars/public-address.ts';
import { createCertificate, type Certificate } from '../../src/sandbox/pagerduty/certificate.ts';

let certificate: Certificate;
let server: Server;
let base: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const asked: string[] = [];

beforeAll(async () => {
  certificate = await createCertificate(Date.now());
  server = createServer({ key: certificate.key, cert: certificate.cert }, (request, response) => {
    asked.push(request.url ?? '');
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `https://localhost:${(server.address() as AddressInfo).port}`;
});

afterAll(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  certificate.remove();
});

const home: ResolveAll = (_hostname, resolved) => resolved(null, [{ address: '127.0.0.1', family: 4 }]);

/** Trusts the certificate, and reaches this machine whatever the name. */
function fetch(path: string, more: FetchOptions = {}) {
  const url = path.startsWith('https:') ? path : `${base}${path}`;
  return fetchFeed(url, { ca: certificate.caPem, resolve: home, isAllowed: () => true, ...more });
}

function redirect(to: string): void {
  answer = (_request, response) => void response.writeHead(302, { location: to }).end();
}

describe('the address of a feed', () => {
  it('is https, or webcal, which is the same', () => {
    expect(feedAddress(' webcal://example.com/a.ics ')?.href).toBe('https://example.com/a.ics');
    expect(feedAddress('https://example.com/a.ics?key=1')?.href).toBe('https://example.com/a.ics?key=1');
  });

  it.each(['http://example.com/a.ics', 'file:///etc/passwd', 'https://noa:secret@example.com/a.ics', 'a.ics', ''])(
    'is not %s',
    async (text) => {
      expect(feedAddress(text)).toBeUndefined();
      expect(await fetchFeed(text)).toEqual({ kind: 'failed', because: 'bad_address' });
    },
  );
});

describe('a public address', () => {
  it.each([
    '0.0.0.0',
    '10.1.2.3',
    '100.64.0.1',
    '127.0.0.1',
    '127.255.255.254',
    '169.254.169.254',
    '172.16.0.1',
    '172.31.255.255',
    '192.168.1.1',
    '198.18.0.1',
    '224.0.0.1',
    '240.0.0.1',
    '255.255.255.255',
    '::',
    '::1',
    '::ffff:10.0.0.1',
    '::ffff:8.8.8.8',
    'fe80::1',
    'fc00::1',
    'fd12:3456::1',
    'ff02::1',
    '64:ff9b::a00:1',
    '2002:a00:1::1',
    '2001::1',
    '2001:db8::1',
    'localhost',
    '',
  ])('is not %s', (address) => {
    expect(isPublicAddress(address)).toBe(false);
  });

  it.each(['8.8.8.8', '172.15.255.255', '172.32.0.1', '11.0.0.1', '2606:4700::1111', '2a00:1450:4001::1'])(
    'is %s',
    (address) => {
      expect(isPublicAddress(address)).toBe(true);
    },
  );
});

describe('fetching', () => {
  it('brings the bytes as they are', async () => {
    answer = (_request, response) => void response.end(Buffer.from([0xef, 0xbb, 0xbf, 0x42]));
    const feed = await fetch('/a.ics');
    expect(feed.kind === 'fetched' && [...feed.bytes]).toEqual([0xef, 0xbb, 0xbf, 0x42]);
  });

  it('follows redirects, five at most', async () => {
    let hops = 0;
    answer = (_request, response) => {
      hops += 1;
      if (hops > 4) response.end('there');
      else response.writeHead(301, { location: `/hop${hops}` }).end();
    };
    expect((await fetch('/start')).kind).toBe('fetched');
    redirect('/again');
    expect(await fetch('/again')).toEqual({ kind: 'failed', because: 'too_many_redirects' });
  });

  it.each([
    ['a name that resolves to this machine', '/a.ics', {}],
    ['an address of this machine', 'https://127.0.0.1:1/a.ics', {}],
    ['the same in another spelling', 'https://0x7f.1:1/a.ics', {}],
    ['the same in IPv6', 'https://[::ffff:127.0.0.1]:1/a.ics', {}],
    ['the address from which clouds hand out secrets', 'https://169.254.169.254/latest/meta-data', {}],
  ])('refuses %s, and asks nothing there', async (_, address, more) => {
    asked.length = 0;
    answer = (_request, response) => void response.end('secret');
    expect(await fetch(address, { isAllowed: isPublicAddress, ...more })).toEqual({
      kind: 'failed',
      because: 'address_not_public',
    });
    expect(asked).toEqual([]);
  });

  it('refuses a name of which one address of several is not public', async () => {
    const resolve: ResolveAll = (_hostname, resolved) =>
      resolved(null, [
        { address: '93.184.215.14', family: 4 },
        { address: '10.0.0.7', family: 4 },
      ]);
    expect(await fetch('/a.ics', { isAllowed: isPublicAddress, resolve })).toEqual({
      kind: 'failed',
      because: 'address_not_public',
    });
  });

  it('connects to the address that it has checked: a name is resolved once for each hop', async () => {
    let times = 0;
    const resolve: ResolveAll = (hostname, resolved) => {
      times += 1;
      home(hostname, resolved);
    };
    answer = (_request, response) => void response.end('x');
    await fetch('/a.ics', { resolve });
    expect(times).toBe(1);
  });

  it('checks each redirect as it checks the beginning', async () => {
    const here = (address: string) => address === '127.0.0.1';
    redirect('https://10.0.0.7/internal');
    expect(await fetch('/a.ics', { isAllowed: here })).toEqual({ kind: 'failed', because: 'address_not_public' });
    redirect('http://example.com/plain');
    expect(await fetch('/a.ics')).toEqual({ kind: 'failed', because: 'bad_address' });
    redirect('file:///etc/passwd');
    expect(await fetch('/a.ics')).toEqual({ kind: 'failed', because: 'bad_address' });
    const resolve: ResolveAll = (hostname, resolved) =>
      resolved(null, [{ address: hostname === 'localhost' ? '127.0.0.1' : '192.168.0.1', family: 4 }]);
    redirect('https://inside.example/a.ics');
    expect(await fetch('/a.ics', { isAllowed: here, resolve })).toEqual({
      kind: 'failed',
      because: 'address_not_public',
    });
  });

  it('stops at the largest size, whatever the answer announces', async () => {
    answer = (_request, response) => {
      response.on('error', () => undefined);
      for (let part = 0; part < 20; part += 1) response.write(Buffer.alloc(1_000));
      response.end();
    };
    expect(await fetch('/a.ics', { mostBytes: 10_000 })).toEqual({ kind: 'failed', because: 'too_large' });
    expect((await fetch('/a.ics', { mostBytes: 20_000 })).kind).toBe('fetched');
  });

  it('gives up on an answer that does not end', async () => {
    answer = (_request, response) => void response.write('BEGIN:VCALENDAR');
    expect(await fetch('/a.ics', { longestMs: 300 })).toEqual({ kind: 'failed', because: 'too_slow' });
  });

  it('says what came instead of a calendar, and never an address', async () => {
    answer = (_request, response) => void response.writeHead(403).end();
    expect(await fetch('/a.ics?key=hidden')).toEqual({ kind: 'failed', because: 'status', status: 403 });
    answer = (_request, response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x');
    expect(await fetch('/a.ics')).toEqual({ kind: 'failed', because: 'encoded' });
    answer = (request) => void request.socket.destroy();
    expect(await fetch('/a.ics')).toEqual({ kind: 'failed', because: 'unreachable' });
    expect(await fetchFeed(base, { isAllowed: () => true, resolve: home })).toEqual({
      kind: 'failed',
      because: 'unreachable',
    });
  });
});
