// Why it is so: build/docs/decisions/72-the-page-reaches-nothing.md
const policy: Readonly<Record<string, string>> = {
  'default-src': "'none'",
  'script-src': "'self'",
  'img-src': "'self' blob:",
  'font-src': "'self'",
  'connect-src': "'self'",
  'worker-src': "'self'",
  'base-uri': "'none'",
  'form-action': "'none'",
  'frame-ancestors': "'none'",
  'require-trusted-types-for': "'script'",
  // What may become the address of a worker; nothing else makes such values.
  'trusted-types': 'topicscope-worker',
}

/**
 * The page's policy as a header. The nonce is for style elements that the editor and the widgets make at run time; there
 * is none for scripts.
 */
export const contentSecurityPolicy = (styleNonce: string): string =>
  directives({ ...policy, 'style-src': `'self' 'nonce-${styleNonce}'` })

/** The same for development, where the server adds a script to the page and tells it what was saved. */
export const developmentPolicy = (nonce: string, host: string): string =>
  directives({
    ...policy,
    'style-src': `'self' 'nonce-${nonce}'`,
    'script-src': `'self' 'nonce-${nonce}'`,
    'connect-src': `'self' ws://${host}`,
  })

const directives = (values: Readonly<Record<string, string>>) =>
  Object.entries(values)
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ')
