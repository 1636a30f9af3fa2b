import { BlockList, isIP } from "node:net";
import { LRUCache } from "lru-cache";

const widest = { ipv4: 32, ipv6: 128 } as const;

/**
 * Who may speak for others: addresses and networks (`10.0.0.9`, `10.1.0.0/16`, `fd00::/8`) of
 * gateways that have authenticated the caller and written the tenant's header themselves. Gives
 * what answers for the address at the other end of a connection; null, and what is no address, is
 * nobody. Throws TypeError for what is no network, and for one that is the whole internet.
 */
export function trustedHops(networks: readonly string[]): (peer: string | null) => boolean {
  const list = new BlockList();
  for (const network of networks) add(list, network);
  const known = new LRUCache<string, boolean>({ max: 1_000 });
  return (peer) => {
    if (peer === null || networks.length === 0) return false;
    const before = known.get(peer);
    if (before !== undefined) return before;
    const answer = contains(list, peer);
    known.set(peer, answer);
    return answer;
  };
}

function add(list: BlockList, network: string): void {
  const [address = "", prefix, ...rest] = network.split("/");
  const family = familyOf(address);
  if (!family || rest.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix)))
    throw new TypeError(`"${network}" is no address and no network such as 10.1.0.0/16.`);
  const bits = prefix === undefined ? widest[family] : Number(prefix);
  if (bits > widest[family]) throw new TypeError(`"${network}" has more bits than an address.`);
  if (bits === 0) throw new TypeError(`"${network}" trusts everybody: name the networks of your gateways.`);
  list.addSubnet(address, bits, family);
}

function contains(list: BlockList, peer: string): boolean {
  const address = peer.replace(/%.*$/, "");
  const family = familyOf(address);
  return family !== null && list.check(address, family);
}

function familyOf(address: string): "ipv4" | "ipv6" | null {
  const version = isIP(address);
  if (version === 0 || address.includes("%")) return null;
  return version === 4 ? "ipv4" : "ipv6";
}
