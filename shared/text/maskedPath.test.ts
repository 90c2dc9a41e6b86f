import { expect, it } from 'vitest'
import { maskedPath } from './maskedPath'

it.each([
  ['/mqtt', '/mqtt'],
  ['/mqtt?X-Amz-Signature=abc&n=1', '/mqtt?X-Amz-Signature=•••&n=•••'],
  ['/mqtt?token', '/mqtt?•••'],
  ['/?a=b=c', '/?a=•••'],
])('%s is told as %s', (path, told) => expect(maskedPath(path)).toBe(told))
