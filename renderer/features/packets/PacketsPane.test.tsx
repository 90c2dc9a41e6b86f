import { cleanup, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, it } from 'vitest'
import type { PacketEntry, PacketTerm, RecordedPacket } from '#shared/model/packets'
import { ok } from '#shared/result'
import { openTestWindow } from '../../testing/testWindow'
import { stubLayout } from '../../ui/layoutTesting'
import { PacketsPane } from './PacketsPane'

stubLayout({ clientHeight: 480, clientWidth: 900, offsetHeight: 22 })
afterEach(cleanup)

const packet = (number: number, hex: string, given: Partial<RecordedPacket> = {}): RecordedPacket => {
  const bytes = Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'))
  return {
    kind: 'packet',
    number,
    time: 1_000_000 + number,
    delta: number === 1 ? null : 1,
    direction: 'out',
    version: '5',
    size: bytes.length,
    bytes,
    keptBytes: bytes.length,
    sequence: null,
    mark: null,
    violation: null,
    ...given,
  }
}

const publish = packet(2, '32 0a 0003 612f62 0007 00 6869')
const puback = packet(3, '40 02 0007', { direction: 'in' })
const entries: readonly PacketEntry[] = [
  { kind: 'step', number: 1, time: 1_000_001, delta: null, step: 'begin', detail: 'mqtt://localhost:1883' },
  publish,
  puback,
  packet(4, '40 02 0009', { direction: 'in', mark: 'unasked' }),
]

const show = (isOn = true) => {
  const asked: (readonly PacketTerm[])[] = []
  const opened = openTestWindow({
    answers: {
      'packets.status': () =>
        ok({ isOn, first: 1, last: isOn ? entries.length : 0, dropped: 0, bytes: 786_432, revision: 0 }),
      'packets.read': ({ numbers }) => ok(entries.filter(({ number }) => numbers.includes(number))),
      'packets.find': ({ terms }) => {
        asked.push(terms)
        return ok({ numbers: [2], next: entries.length + 1 })
      },
      'packets.handshake': () => ok({ legs: [publish, puback], awaited: null }),
    },
  })
  opened.render(<PacketsPane />)
  return { ...opened, asked, user: userEvent.setup() }
}

const rows = () =>
  within(screen.getByRole('grid', { name: 'Packets' }))
    .getAllByRole('row')
    .slice(1)

describe('the packets of a connection', () => {
  it('stand in rows with type, direction and identifier, the steps between them', async () => {
    show()
    await waitFor(() => expect(rows()[3]?.dataset['type']).toBe('PUBACK'))
    expect(rows().map(({ dataset }) => [dataset['type'], dataset['direction'], dataset['id']])).toEqual([
      ['step', undefined, ''],
      ['PUBLISH', 'out', '7'],
      ['PUBACK', 'in', '7'],
      ['PUBACK', 'in', '9'],
    ])
    expect(rows()[1]?.textContent).toContain('a/b, QoS 1, hi')
    expect(rows()[3]?.textContent).toContain('unasked')
  })

  it('are opened by the keyboard, with fields that mark their bytes', async () => {
    const { user } = show()
    await waitFor(() => expect(rows()[1]?.dataset['type']).toBe('PUBLISH'))
    screen.getByRole('grid').focus()
    await user.keyboard('{Home}{ArrowDown}')
    const tree = await screen.findByRole('tree', { name: 'Packet fields' })
    const fields = within(tree).getAllByRole('treeitem')
    expect(
      fields.map(({ dataset }) => [dataset['field'], dataset['offset'], dataset['length'], dataset['value']]),
    ).toEqual([
      ['mqtt.hdrflags', '0', '1', '0x32'],
      ['mqtt.msgtype', '0', '1', '3'],
      ['mqtt.dupflag', '0', '1', '0'],
      ['mqtt.qos', '0', '1', '1'],
      ['mqtt.retain', '0', '1', '0'],
      ['mqtt.len', '1', '1', '10'],
      ['mqtt.topic_len', '2', '2', '3'],
      ['mqtt.topic', '4', '3', 'a/b'],
      ['mqtt.msgid', '7', '2', '7'],
      ['mqtt.properties', '9', '1', ''],
      ['mqtt.property_len', '9', '1', '0'],
      ['mqtt.msg', '10', '2', '6869'],
    ])
    const marked = () =>
      [...document.querySelectorAll('[data-byte][data-state]')].map(({ textContent }) => textContent).join(' ')
    tree.focus()
    await user.keyboard('{End}')
    expect(marked()).toBe('68 69 h i')
    expect(screen.getByRole('group', { name: 'Meaning of the field' }).textContent).toContain('MQTT 5 §3.3.3')
    await user.pointer({ keys: '[MouseLeft]', target: screen.getAllByText('61')[0] ?? tree })
    expect(within(tree).getByRole('treeitem', { selected: true }).dataset['field']).toBe('mqtt.topic')
    expect(screen.getByRole('list', { name: 'Packets that belong together' }).textContent).toContain('PUBACK')
  })

  it('are filtered by main in the language of the log, and a slip is told', async () => {
    const { user, asked } = show()
    const field = screen.getByRole('searchbox', { name: 'Filter packets' })
    await user.type(field, 'type:PUBLISH -in')
    await waitFor(() => expect(rows()).toHaveLength(1))
    expect(asked.at(-1)).toEqual([
      { not: false, test: { kind: 'type', type: 'PUBLISH' } },
      { not: true, test: { kind: 'direction', direction: 'in' } },
    ])
    await user.clear(field)
    await user.type(field, 'type:nothing')
    expect(screen.getByText(/no type of a packet/)).toBeTruthy()
  })

  it('can be switched on where nobody records them', async () => {
    const { user, main } = show(false)
    const [button] = await screen.findAllByRole('button', { name: 'Record packets' })
    if (button) await user.click(button)
    expect(main.inputsOf('packets.switch')).toMatchObject([{ isOn: true }])
  })
})
