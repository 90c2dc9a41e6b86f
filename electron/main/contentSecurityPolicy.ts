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
  Object.entries({ ...policy, 'style-src': `'self' 'nonce-${styleNonce}'` })
    .map(([directive, value]) => `${directive} ${value}`)
    .join('; ')
