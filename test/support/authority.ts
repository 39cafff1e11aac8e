export { createAuthority, expiredValidity, type Authority } from '../../lab/upstreams/net/authority.ts';
