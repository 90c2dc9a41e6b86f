import { expect, it } from 'vitest'
import { readHead } from './httpHead'

it.each([
  [
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket',
    { status: 'HTTP/1.1 101 Switching Protocols', server: '', date: null },
  ],
  [
    'HTTP/1.1 404 Not Found\r\nserver: nginx\r\nDATE: Tue, 01 Dec 2026 09:00:00 GMT',
    { status: 'HTTP/1.1 404 Not Found', server: 'nginx', date: Date.UTC(2026, 11, 1, 9) },
  ],
  ['HTTP/1.0 200 OK\r\nDate: yesterday', { status: 'HTTP/1.0 200 OK', server: '', date: null }],
  ['SSH-2.0-OpenSSH', null],
  ['', null],
])('the head of %j', (text, head) => expect(readHead(text)).toEqual(head))
