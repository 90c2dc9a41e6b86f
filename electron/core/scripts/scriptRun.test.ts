import { expect, it } from 'vitest'
import { scriptLimits } from '#shared/model/script'
import { createHeardMessages } from '../broker/session/heardMessages'
import { newEntry } from '../broker/message/topicTable'
import { createFakeClock } from '../senders/sendersTesting'
import { createScriptCauses } from './scriptCauses'
import { createScriptRun } from './scriptRun'
import { openScriptThread } from './scriptThread'

it('keeps no more of large messages than a few while a script does not keep up', async () => {
  const source = Buffer.alloc(scriptLimits.inputBytes)
  const heard = createHeardMessages(() => [])
  const thread = await openScriptThread('function onMessage() {}')
  const run = createScriptRun({
    script: { id: 's', name: 'S', text: '', filter: 'in', perSecond: 1 },
    connection: { id: 'c', name: 'C' },
    thread,
    session: {
      listen: heard.listen,
      holdFilter: () => ({
        granted: Promise.resolve(null),
        state: () => ({ phase: 'granted', qos: 1, since: 0 }),
        release: () => undefined,
      }),
      online: () => null,
    },
    clock: createFakeClock(),
    causes: createScriptCauses(),
    onChange: () => undefined,
  })
  const place = { start: 0, payloadStart: 0, end: source.length, flags: 0, packetId: 0, time: 0, clockShift: 0 }
  for (let count = 0; count < 24; count += 1)
    heard.note({ ...place, source, topic: newEntry(1, 'in') }, { kind: 'own', matchSetId: 1, flags: 0 }, count + 1)
  expect(run.status().counts).toMatchObject({ heard: 24, limited: 8 })
  run.close()
})
