import { lookup as resolveName, type LookupAddress } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';

/**
 * Addresses that lie in nobody's own network. A feed's address is typed in by a person: without this anyone could have
 * Toran knock on doors inside the network that it runs in (IANA's special-purpose registries, RFC 6890).
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address);
  if (family === 4) return !specialV4.check(address, 'ipv4');
  // Of IPv6 only what is routed at all, without what wraps an address of IPv4.
  return family === 6 && routedV6.check(address, 'ipv6') && !specialV6.check(address, 'ipv6');
}

const specialV4 = blockList('ipv4', [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]);

const routedV6 = blockList('ipv6', [['2000::', 3]]);

const specialV6 = blockList('ipv6', [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
]);

function blockList(family: 'ipv4' | 'ipv6', nets: readonly (readonly [string, number])[]): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of nets) list.addSubnet(net, prefix, family);
  return list;
}

export class AddressRefused extends Error {
  override readonly name = 'AddressRefused';
}

/** Answers with all addresses of a name. */
export type ResolveAll = (hostname: string, answer: (error: Error | null, addresses: LookupAddress[]) => void) => void;

const systemResolve: ResolveAll = (hostname, answer) => resolveName(hostname, { all: true }, answer);

/**
 * A lookup for a connection: it resolves, refuses a name of which any address is not allowed, and hands on those that it
 * has looked at, so that what is connected to is what was checked.
 */
export function guardedLookup(
  isAllowed: (address: string) => boolean = isPublicAddress,
  resolve: ResolveAll = systemResolve,
): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, addresses) => {
      if (error !== null) return callback(error, '', 0);
      const [first] = addresses;
      if (first === undefined || !addresses.every(({ address }) => isAllowed(address)))
        return callback(new AddressRefused('resolves to an address that is not public'), '', 0);
      if (options.all === true) return callback(null, addresses);
      return callback(null, first.address, first.family);
    });
  };
}
