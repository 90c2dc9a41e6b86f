/** A host as it stands in a URL: an IPv6 address in brackets (RFC 3986 §3.2.2). */
export const urlHost = (host: string): string => (host.includes(':') && !host.startsWith('[') ? `[${host}]` : host)
