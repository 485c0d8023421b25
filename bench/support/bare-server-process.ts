import { createHmac, timingSafeEqual } from 'node:crypto';
import { createServer, type RequestListener } from 'node:http';

/**
 * The yardsticks: what node:http does by itself. `hello` answers every request; `hmac` reads the body, checks PagerDuty's
 * signature and parses the JSON, and keeps nothing.
 */
const [, , kind = 'hello', secret = ''] = process.argv;

const hello: RequestListener = (request, response) => {
  request.resume();
  response.end('ok\n');
};

const hmac: RequestListener = (request, response) => {
  const parts: Buffer[] = [];
  request.on('data', (part: Buffer) => parts.push(part));
  request.on('end', () => {
    const body = Buffer.concat(parts);
    const given = Buffer.from(String(request.headers['x-pagerduty-signature'] ?? '').slice(3), 'hex');
    const expected = createHmac('sha256', secret).update(body).digest();
    const isAuthentic = given.length === expected.length && timingSafeEqual(given, expected);
    const read: unknown = JSON.parse(body.toString('utf8'));
    response.writeHead(isAuthentic && read !== null ? 202 : 401, { 'content-length': 9 }).end('accepted\n');
  });
};

const server = createServer(kind === 'hmac' ? hmac : hello);
server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
  const address = server.address();
  if (typeof address === 'object' && address !== null) process.send?.({ port: address.port });
});
