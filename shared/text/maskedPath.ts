/** The path of a URL with dots for the values of its query, which may be signatures and tokens. */
export const maskedPath = (path: string): string => {
  const at = path.indexOf('?')
  if (at < 0) return path
  const query = path.slice(at + 1)
  const masked = query
    .split('&')
    .map((pair) => (pair.includes('=') ? `${pair.slice(0, pair.indexOf('='))}=•••` : '•••'))
  return `${path.slice(0, at)}?${masked.join('&')}`
}
