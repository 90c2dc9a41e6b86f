/** Where the page lives. A scheme of our own has an origin, which `file://` has not, and reaches nothing but our files. */
export const scheme = 'app'
export const host = 'topicscope'
export const pageAddress = `${scheme}://${host}/index.html`
export const crashAddress = `${scheme}://${host}/crashed.html`

/** True for the page itself, whatever its query or fragment. */
export const isPageAddress = (address: string): boolean => {
  try {
    const { protocol, host: named, pathname } = new URL(address)
    return protocol === `${scheme}:` && named === host && pathname === '/index.html'
  } catch {
    return false
  }
}
