// A process that records frames without an end, and says after each commit how many messages are on disk for sure. It is killed.
// Its arguments: a file with the code of the thread, one with frames, and the folder of the history.
const { readFileSync } = require('node:fs')
const { deserialize } = require('node:v8')
const { Worker } = require('node:worker_threads')

const [, , code, frames, folder] = process.argv
const worker = new Worker(readFileSync(code, 'utf8'), { eval: true, workerData: { anchor: __filename } })
const limits = { bytes: 2 ** 40, milliseconds: null }
const settings = { mode: 'on', incoming: true, outgoing: true, include: [], exclude: [] }
const start = { connectionId: 'c', folder, settings, limits }
worker.postMessage({ kind: 'ask', ask: 1, question: { kind: 'begin', input: start } })
worker.on('message', (message) => {
  if (message.kind === 'status') process.stdout.write(`${message.committed}\n`)
})

const waiting = deserialize(readFileSync(frames))
let ask = 2
setInterval(() => {
  for (const recorded of waiting.splice(0, 2))
    worker.postMessage({ kind: 'frame', connectionId: 'c', bytes: 0, recorded })
  worker.postMessage({ kind: 'ask', ask: ask++, question: { kind: 'flush', input: { connectionId: 'c' } } })
}, 5)
